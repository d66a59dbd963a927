"""
The words for times in a text, with their places.

Every stretch of tokens that a rule reads is one, the longest first; a word that is more often something
else ("then", "day") or a number alone is one only where the words before it say so. What a sentence
plans looks ahead from publication, everything else looks back.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.claims.temporal.lexicon import LANGUAGES, Words, load
from app.claims.temporal.periods import Context, Looking, NeedsPublication, NoSuchDate
from app.claims.temporal.resolver import Published, grammar, resolve_tokens
from app.claims.temporal.tokens import Token, tokens
from app.claims.values import TemporalValue

MOST_CHARACTERS = 2_000_000
"""The longest text that is looked through: as long as the longest snapshot of a report."""
_LONGEST = 18
"""Most tokens of one wording."""
_NEVER_FIRST = set(".~,()-lGUHZxatkPvD")
"""Notions that no wording begins with in running text; a bare number is looked at apart."""
_NUMBERS = set("DN")
_PARTS_OF_NUMBERS = tuple(".,/:'’$€₴№#+")
_SENTENCE = re.compile(r"[.!?…\n]")
_WORD = re.compile(r"[^\W\d_]+")
_AHEAD_WINDOW = 160


@dataclass(frozen=True, slots=True)
class Mention:
    """A wording of a text for a time: its place, half-open in code points, and its value."""

    start: int
    end: int
    value: TemporalValue


def mentions(text: str, *, language: str, published: Published) -> list[Mention]:
    """The wordings for times in a text, in order, none within another; none in other languages."""
    if language not in LANGUAGES or len(text) > MOST_CHARACTERS:
        return []
    words = load(language)
    return list(_found(text, tokens(text, words), words, published))


def _found(text: str, row: list[Token], words: Words, published: Published) -> Iterator[Mention]:
    at = 0
    while at < len(row):
        end = _longest(text, row, at, words)
        if end is None:
            at += 1
            continue
        start, until = row[at].start, row[end - 1].end
        raw = " ".join(text[start:until].split())
        looking = _looking(text, start, words)
        value = resolve_tokens(raw, row[at:end], words, published=published, looking=looking)
        yield Mention(start, until, value)
        at = end


def _longest(text: str, row: list[Token], at: int, words: Words) -> int | None:
    """Where the longest wording ends that begins at a token."""
    first = row[at]
    if first.code in _NEVER_FIRST - _NUMBERS - {"P"} or not _apart(text, row, at):
        return None
    end = at
    while end < len(row) and end - at < _LONGEST and row[end].code not in ".~":
        end += 1
    for until in range(end, at, -1):
        if row[until - 1].code in "l,(-tuaFsBAoqEn":
            continue
        if _is_time(text, row, at, until, words):
            return until
    return None


def _is_time(text: str, row: list[Token], at: int, until: int, words: Words) -> bool:
    piece = row[at:until]
    if len(piece) == 1 and not _alone(text, row, at, words):
        return False
    if not _balanced(piece) or not _within_sentence(text, piece):
        return False
    context = Context(date(2000, 6, 15), Looking.BACK, words.night_is_either)
    try:
        return grammar(words.language).read(piece, context) is not None
    except (NeedsPublication, NoSuchDate, OverflowError):
        return True


def _alone(text: str, row: list[Token], at: int, words: Words) -> bool:
    """Whether one token by itself is a time here."""
    token = row[at]
    written = text[token.start : token.end].casefold()
    if token.code in "we":
        return written not in words.hints("weak")
    if token.code not in "MWSRIJVKydY" or written in words.hints("weak"):
        return False
    before = _word_before(text, token.start)
    if token.code == "Y":
        return before in words.hints("year_before")
    if token.code == "d":
        behind = text[token.end : token.end + 2].lstrip()[:1]
        phrases = words.hints("day_number_before")
        ahead = " ".join(text[max(0, token.start - 12) : token.start].split()).casefold()
        return ahead.endswith(tuple(phrases)) and bool(phrases) and not behind.isalpha()
    if token.code == "M" and words.language == "en":
        return bool(before) and not _begins_sentence(text, token.start)
    return True


def _apart(text: str, row: list[Token], at: int) -> bool:
    """Whether a number is not the end of a larger one, nor of a date that is no date."""
    token = row[at]
    if token.code not in "DY":
        return True
    before = text[max(0, token.start - 1) : token.start]
    return not before.isalnum() and before not in _PARTS_OF_NUMBERS


def _balanced(piece: list[Token]) -> bool:
    codes = [token.code for token in piece]
    return codes.count("(") == codes.count(")")


def _within_sentence(text: str, piece: list[Token]) -> bool:
    """Whether no line ends within the wording."""
    return "\n" not in text[piece[0].start : piece[-1].end].replace("\r", "\n")


def _word_before(text: str, start: int) -> str:
    found = _WORD.findall(text[max(0, start - 24) : start])
    apart = text[max(0, start - 24) : start].rstrip('"“«( ')
    return found[-1].casefold() if found and apart and apart[-1].isalpha() else ""


def _begins_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 4) : start].rstrip()
    return not before or before[-1] in ".!?…\n"


def _looking(text: str, start: int, words: Words) -> Looking:
    """Whether the sentence so far plans something."""
    before = _SENTENCE.split(text[max(0, start - _AHEAD_WINDOW) : start])[-1].casefold()
    ahead = any(
        re.search(rf"(?<!\w){re.escape(cue)}(?!\w)", before) for cue in words.data["ahead"]
    )
    return Looking.AHEAD if ahead else Looking.BACK
