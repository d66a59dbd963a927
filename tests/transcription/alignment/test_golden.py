"""
The cases that the product is for, drawn word by word in `golden.txt`.

Signs between the lines: `=` the same word, `~` inflected, `v` a listed variant,
`S` substituted, `O` spoken but not quoted, `A` quoted but not spoken, `*` a mark that stands
for words, `...` a marked gap, `?` what the transcript does not give.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from transcription.alignment import Occurrence, align
from transcription.transcript import Transcript


@dataclass(frozen=True)
class Case:
    name: str
    fields: dict[str, str]
    drawing: str


def cases() -> list[Case]:
    text = Path(__file__).with_name("golden.txt").read_text(encoding="utf-8")
    found = []
    for block in text.strip().split("\n\n"):
        lines = block.split("\n")
        fields = dict(line.split(": ", 1) for line in lines[1:5])
        found.append(Case(lines[0].removeprefix("# "), fields, "\n".join(lines[5:])))
    return found


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_an_alignment_is_as_drawn(
    case: Case, timed: Callable[..., Transcript], drawn: Callable[[Occurrence], str]
) -> None:
    language = case.fields["language"]
    transcript = timed(case.fields["spoken"], language=language)
    alignment = align(case.fields["quote"], quote_language=language, transcript=transcript)
    best = alignment.best
    assert (alignment.verdict.value, drawn(best) if best else "") == (
        case.fields["verdict"],
        case.drawing,
    ), alignment.reasons


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_a_drawing_accounts_for_every_word_once(
    case: Case, timed: Callable[..., Transcript]
) -> None:
    language = case.fields["language"]
    transcript = timed(case.fields["spoken"], language=language)
    alignment = align(case.fields["quote"], quote_language=language, transcript=transcript)
    for occurrence in alignment.occurrences:
        quoted = [o.quote_start for o in occurrence.operations if o.quote_start is not None]
        spoken = [o.first_word for o in occurrence.operations if o.first_word is not None]
        assert quoted == sorted(set(quoted))
        assert spoken == sorted(spoken)
        assert {occurrence.first_word, occurrence.last_word} <= set(
            range(spoken[0], (occurrence.operations[-1].last_word or occurrence.last_word) + 1)
        )
        for o in occurrence.operations:
            if o.quote_start is not None:
                assert case.fields["quote"][o.quote_start : o.quote_end] == o.quoted
