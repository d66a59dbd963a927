"""
A segment's text and its words, fitted to one another.

Formats keep the two apart: a caption is a text with stamps inside, a tier of words lies under a
tier of texts. Here a text is taken apart along known words, and words that have times are put
where they stand in a text, as far as there is only one place they could be.
"""

import re
from collections.abc import Sequence

from transcription.marks import MarkKind, kind_of, spell
from transcription.transcript import Word

ARROW = "-->"
_OTHER_BRACKETS = re.compile(r"<(\w[^<>]{0,60})>|\{(\w[^{}]{0,60})\}")
_UNHEARD = frozenset({"<unk>", "<unintelligible>", "spn", "xxx", "<xxx>"})
"""What aligners (MFA, Kaldi) and CHAT write for a word that nobody made out."""


def one_line(text: str) -> str:
    """Text as a line may hold it: no line breaks, no NUL, and no arrow that reads as a time."""
    return tidy(text).replace(ARROW, "->")


def tidy(text: str) -> str:
    """Text on one line, single spaces, no NUL."""
    return " ".join(text.replace("\x00", " ").split())


def bracketed(text: str) -> str:
    """Marks in the brackets of others (`<noise>`, `{laughter}`) in ours; other brackets stay."""

    def ours(found: re.Match[str]) -> str:
        mark = f"[{found[1] or found[2]}]"
        return found[0] if kind_of(mark) in {None, MarkKind.UNCERTAIN} else mark

    return _OTHER_BRACKETS.sub(ours, text)


def heard(label: str, *, language: str) -> str:
    """The text of a label, with the usual spellings of what was not heard as marks."""
    if label.casefold() in _UNHEARD:
        return spell(MarkKind.UNINTELLIGIBLE, language=language)
    return bracketed(label)


def places(text: str, words: Sequence[str]) -> list[int] | None:
    """Where each word begins, if the words in order are the whole text; else `None`."""
    found: list[int] = []
    at = 0
    for word in words:
        while at < len(text) and text[at].isspace():
            at += 1
        if not word or not text.startswith(word, at):
            return None
        found.append(at)
        at += len(word)
    return None if text[at:].strip() else found


def fitted(text: str, timed: Sequence[Word]) -> tuple[Word, ...]:
    """
    The words of a text, of which some are known with their times.

    Where the known ones are the whole text, they are its words. Where they are some of it, each
    gets its place if there is but one (the first place it could have is the last one too), and
    every other word of the text has no times. Where text and words disagree, the words stand.
    """
    if not timed or places(text, [word.text for word in timed]) is not None:
        return tuple(timed)
    tokens = text.split()
    keys = [_key(token) for token in tokens]
    sought = [_key(word.text) for word in timed]
    first = _embedded(sought, keys)
    if first is None:
        return tuple(timed)
    backwards = _embedded(sought[::-1], keys[::-1]) or []
    last = [len(keys) - 1 - place for place in reversed(backwards)]
    known = {
        place: word
        for word, place, other in zip(timed, first, last, strict=True)
        if place == other
    }
    return tuple(known.get(place, Word(token)) for place, token in enumerate(tokens))


def _embedded(sought: Sequence[str], keys: Sequence[str]) -> list[int] | None:
    """The earliest places where the words sought stand in this order."""
    found: list[int] = []
    at = 0
    for key in sought:
        try:
            at = keys.index(key, at)
        except ValueError:
            return None
        found.append(at)
        at += 1
    return found


def _key(token: str) -> str:
    """A word without its case and punctuation."""
    return "".join(letter for letter in token.casefold() if letter.isalnum())
