"""
The words of a text as notions of time: one letter and one value for each.

A text becomes a row of tokens whose codes are a string, so that a rule is a regular expression over
that string and every match is a slice of tokens. Words that tell nothing of time have a letter that no
rule matches. The longest entry of the lists wins.
"""

import re
from dataclasses import dataclass
from typing import Any

from app.claims.temporal.lexicon import APOSTROPHES, LONGEST_ENTRY, Words

_ISO = r"(?P<iso>\d{4}-\d{2}-\d{2}(?:T[\d:]{5,8}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?)?)(?!\d)"
_NUMERIC = r"(?P<numeric>\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2})(?!\d))"
_CLOCK = (
    r"(?P<clock>[0-2]?\d:[0-5]\d(?::[0-5]\d)?(?!\d)(?:\s?[ap]\.?m\b\.?)?"
    r"|[01]?\d\s?[ap]\.?m\b\.?)"
)
_WINTER = r"(?P<pair>\d{4}/\d{2}(?:\d{2})?(?!\d))"
_NUMBER = r"(?P<number>\d{1,4}(?!\d))(?P<suffix>(?:['’-])?[^\W\d_]{1,4}(?![^\W_]))?"
_LONG_NUMBER = r"(?P<long>\d[\d.,]*\d|\d)"
_WORD = r"(?P<word>[^\W\d_]+(?:['’ʼ`][^\W\d_]+)*)"
_MARK = r"(?P<mark>[,()–—/-])"
_OTHER = r"(?P<other>\S)"
_KINDS = (_ISO, _NUMERIC, _CLOCK, _WINTER, _NUMBER, _LONG_NUMBER, _WORD, _MARK, _OTHER)
_TOKEN = re.compile("|".join(_KINDS))
UNKNOWN = "~"
"""The letter of a word that tells nothing of time; other marks than those of a rule are a full stop."""
_DASHES = "–—-"
_ROMAN = re.compile(r"(?:X{1,2}(?:IX|IV|V?I{0,3})|IX|IV|V?I{1,3}|V)\Z")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}
_CYRILLIC_ROMAN = str.maketrans("ХІ", "XI")
_WRITTEN = {"iso": "I", "numeric": "I", "pair": "Q", "clock": "C"}
_YEARS = range(1000, 3000)
_YEAR_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number: its place in the text, the letter of its notion, and its value."""

    code: str
    value: Any
    start: int
    end: int


def tokens(text: str, words: Words) -> list[Token]:
    """The tokens of a text, in order."""
    pieces = list(_TOKEN.finditer(text))
    found: list[Token] = []
    at = 0
    while at < len(pieces):
        entry = _entry(text, pieces, at, words)
        if entry is not None:
            token, at = entry
            found.append(token)
            continue
        found.extend(_alone(pieces[at], words))
        at += 1
    return found


def _entry(
    text: str, pieces: list[re.Match[str]], at: int, words: Words
) -> tuple[Token, int] | None:
    """The longest entry of the lists that begins at a piece, and the piece after it."""
    if pieces[at].lastgroup != "word":
        return None
    folded: list[str] = []
    best: tuple[Token, int] | None = None
    for until, piece in enumerate(pieces[at : at + 2 * LONGEST_ENTRY], start=at + 1):
        if _joins(piece, text) and folded:
            continue
        if piece.lastgroup != "word":
            break
        folded.append(piece["word"].casefold().translate(APOSTROPHES))
        stop = text.startswith(".", piece.end())
        for dotted in (True, False) if stop else (False,):
            last = folded[-1] + "." if dotted else folded[-1]
            known = words.entries.get((*folded[:-1], last))
            if known is None or not _capital(pieces[at]["word"], last, words):
                continue
            end = piece.end() + dotted
            swallowed = dotted and until < len(pieces) and pieces[until].start() < end
            best = (Token(*known, pieces[at].start(), end), until + swallowed)
            break
    return best


def _joins(piece: re.Match[str], text: str) -> bool:
    """Whether it is the hyphen within a word: "twenty-first"."""
    return (
        piece[0] == "-" and text[piece.start() - 1].isalpha() and text[piece.end() :][:1].isalpha()
    )


def _capital(written: str, entry: str, words: Words) -> bool:
    """Whether a word that is also another has the capital that tells it as a month or a day."""
    return entry not in words.capitalised or written[0].isupper()


def _alone(piece: re.Match[str], words: Words) -> list[Token]:
    start, end = piece.span()
    kind = piece.lastgroup or ""
    if piece["number"] is not None:
        return _number(piece, words)
    if kind == "word":
        roman = piece[0].translate(_CYRILLIC_ROMAN)
        if _ROMAN.match(roman):
            return [Token("c", _roman(roman), start, end)]
        return [Token(UNKNOWN, None, start, end)]
    if kind == "mark":
        return [Token("-" if piece[0] in _DASHES else piece[0], None, start, end)]
    return [Token(_WRITTEN.get(kind, "."), piece[0], start, end)]


def _number(piece: re.Match[str], words: Words) -> list[Token]:
    """Digits with what is written at their end: "21st", "90-е", "1990s"; two tokens for "5-го"."""
    start, end = piece.span()
    digits, suffix = piece["number"], (piece["suffix"] or "").casefold().replace("’", "'")
    value = int(digits)
    if suffix:
        decade = value % 10 == 0 and len(digits) in {2, _YEAR_DIGITS} and value
        if decade and suffix in words.data["decade_suffixes"]:
            return [Token("K", value, start, end)]
        if len(digits) <= 2 and suffix in words.data["ordinal_suffixes"]:  # noqa: PLR2004 - a day
            return [Token("d", value, start, end)]
        if len(digits) == _YEAR_DIGITS and suffix in words.data["ordinal_suffixes"]:
            return [Token("Y", value, start, end)]
        if suffix[0] in _DASHES:
            middle = start + len(digits)
            after = Token("-", None, middle, middle + 1)
            return [_plain(digits, start), after, Token(UNKNOWN, None, middle + 1, end)]
        return [Token(UNKNOWN, None, start, end)]
    return [_plain(digits, start)]


def _plain(digits: str, start: int) -> Token:
    value = int(digits)
    is_year = len(digits) == _YEAR_DIGITS and value in _YEARS
    is_short = len(digits) < _YEAR_DIGITS
    code = "Y" if is_year else "D" if is_short else "."
    return Token(code, value, start, start + len(digits))


def _roman(text: str) -> int:
    digits = [_ROMAN_DIGITS[letter] for letter in text]
    pairs = zip(digits, [*digits[1:], 0], strict=True)
    return sum(-one if one < following else one for one, following in pairs)
