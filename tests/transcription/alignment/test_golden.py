"""
The cases that the product is for, drawn word by word in `golden/`.

`words.txt` holds one case for each thing that a comparison must see, `seeds.txt` all published
wordings of one order against one another, `traps.txt` what must never pass for one of them. The
signs between the lines are those of `drawing.LEGEND`.
"""

from collections.abc import Callable

import pytest

from tests.transcription.alignment.drawn import WRITE, Case, cases, write
from transcription.alignment import Verdict, align
from transcription.alignment.drawing import drawing
from transcription.transcript import Transcript

FILES = ("words.txt", "seeds.txt", "traps.txt")
FIELDS = ("language", "quote", "spoken")
ALL = [case for file in FILES for case in cases(file, FIELDS)]
AGAINST = {Verdict.REVERSED, Verdict.CONTRADICTS}


def drawn(case: Case, timed: Callable[..., Transcript]) -> str:
    language = case.fields["language"]
    transcript = timed(case.fields["spoken"], language=language)
    found = align(case.fields["quote"], quote_language=language, transcript=transcript)
    return drawing(found, width=110)


@pytest.mark.parametrize("file", FILES)
def test_drawings_are_written_anew_when_asked(file: str, timed: Callable[..., Transcript]) -> None:
    found = [(case, drawn(case, timed)) for case in ALL if case.file == file]
    if WRITE:
        write(file, found)
    assert [case.name for case, _ in found] == [case.name for case in cases(file, FIELDS)]


@pytest.mark.skipif(WRITE, reason="the drawings are being written")
@pytest.mark.parametrize("case", ALL, ids=str)
def test_an_alignment_is_as_drawn(case: Case, timed: Callable[..., Transcript]) -> None:
    assert drawn(case, timed) == case.drawing


@pytest.mark.parametrize("case", ALL, ids=str)
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


def verdict(case: Case, timed: Callable[..., Transcript]) -> Verdict:
    transcript = timed(case.fields["spoken"], language="en")
    return align(case.fields["quote"], quote_language="en", transcript=transcript).verdict


@pytest.mark.parametrize("case", cases("seeds.txt", FIELDS), ids=str)
def test_no_published_wording_is_called_the_opposite_of_another(
    case: Case, timed: Callable[..., Transcript]
) -> None:
    assert verdict(case, timed) not in AGAINST


@pytest.mark.parametrize("case", cases("traps.txt", FIELDS), ids=str)
def test_no_trap_is_ever_support(case: Case, timed: Callable[..., Transcript]) -> None:
    assert not verdict(case, timed).supports
