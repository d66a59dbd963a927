"""
A published wording cut into words, so that one of them can be exchanged and the rest stays as it is.

Unlike the tokens of comparison (`transcription.text`), the words keep everything: a language model
minds capitals and commas, and what is scored must differ in the exchanged word alone.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from transcription.text import fold

_CHUNK = re.compile(r"\S+")
_SENTENCE_ENDS = (".", "!", "?", "…")


@dataclass(frozen=True, slots=True)
class Spelled:
    """
    One word between blanks: `lead` and `tail` are the punctuation around `core`.

    `start` and `end` are the place of the core among the characters of the wording; a piece that was
    put in has none. `tail` may hold blanks: a dash that stands alone belongs to the word before it.
    """

    lead: str
    core: str
    tail: str
    start: int | None = None
    end: int | None = None

    @property
    def text(self) -> str:
        """The word as it is written."""
        return f"{self.lead}{self.core}{self.tail}"

    @property
    def key(self) -> str:
        """What two spellings of one word have in common."""
        return "".join(fold(part) for part in re.split(r"[-‐‑]", self.core))


def words(wording: str) -> tuple[Spelled, ...]:
    """The words of a wording, in order; none where nothing in it can be said."""
    found: list[Spelled] = []
    lead = ""
    for chunk in _CHUNK.finditer(wording):
        letters = [at for at, sign in enumerate(chunk[0]) if _said(sign)]
        if not letters:
            if found:
                last = found[-1]
                tail = f"{last.tail} {chunk[0]}"
                found[-1] = Spelled(last.lead, last.core, tail, last.start, last.end)
            else:
                lead += f"{chunk[0]} "
            continue
        first, last_at = letters[0], letters[-1] + 1
        found.append(
            Spelled(
                lead + chunk[0][:first],
                chunk[0][first:last_at],
                chunk[0][last_at:],
                chunk.start() + first,
                chunk.start() + last_at,
            )
        )
        lead = ""
    return tuple(found)


def written(wording: Sequence[Spelled]) -> str:
    """The words as one text."""
    return " ".join(word.text for word in wording)


def spliced(wording: Sequence[Spelled], first: int, last: int, text: str) -> tuple[Spelled, ...]:
    """
    `wording` with the words `[first, last)` exchanged for those of `text`; an empty one takes them out.

    Punctuation around what is exchanged stays, and so does a capital at the beginning.
    """
    before, taken, after = list(wording[:first]), wording[first:last], list(wording[last:])
    put = [Spelled("", word.core, word.tail if inner else "") for word, inner in _inner(text)]
    lead = taken[0].lead if taken else ""
    tail = taken[-1].tail if taken else ""
    if put:
        put[0] = Spelled(lead, put[0].core, put[0].tail)
        put[-1] = Spelled(put[-1].lead, put[-1].core, tail)
    else:
        if tail and before and not before[-1].tail:
            before[-1] = _with(before[-1], tail=tail)
        if lead and after and not after[0].lead:
            after[0] = _with(after[0], lead=lead)
    changed = [*before, *put, *after]
    if first == 0 and changed and wording and wording[0].core[:1].isupper():
        changed[0] = _with(changed[0], core=_capital(changed[0].core))
    return tuple(changed)


def spellings(wording: Sequence[Spelled]) -> tuple[tuple[Spelled, ...], ...]:
    """As it is published, and as a sentence of its own; once, where that is the same."""
    own = tuple(wording)
    first, last = own[0], own[-1]
    sentence = [_with(first, core=_capital(first.core)), *own[1:]]
    if not last.tail.rstrip("»”\"')").endswith(_SENTENCE_ENDS):
        sentence[-1] = _with(sentence[-1], tail=f"{last.tail.rstrip(',;:')}.")
    return (own,) if tuple(sentence) == own else (own, tuple(sentence))


def _inner(text: str) -> list[tuple[Spelled, bool]]:
    """The words of a text, each with whether another follows."""
    found = words(text)
    return [(word, number < len(found) - 1) for number, word in enumerate(found)]


def _with(
    word: Spelled, *, lead: str | None = None, core: str | None = None, tail: str | None = None
) -> Spelled:
    return Spelled(
        word.lead if lead is None else lead,
        word.core if core is None else core,
        word.tail if tail is None else tail,
        word.start,
        word.end,
    )


def _capital(core: str) -> str:
    return core[:1].upper() + core[1:]


def _said(sign: str) -> bool:
    return sign.isalnum() or unicodedata.category(sign) == "Mn"
