"""
Words as they are compared, each still pointing at the characters it came from.

Two spellings of one word must meet, so text is folded: NFKC, case, ё to е, apostrophes
dropped (`м'ять` and `м’ять`), hyphenated parts apart, English contractions opened
("don't" is "do" and "not", so that a negation can never hide in a contraction), look-alike
Cyrillic and Latin letters brought to one alphabet, and numbers to digits.
Folding is only ever used to compare: `Token.start` and `Token.end` give the original
characters, which are what people are shown.

Published quotes carry marks that are not words. They become typed tokens: a gap (`…`,
`[...]`, a dash between words), a wildcard (`[unintelligible]`, `[expletive]`) which stands
for words nobody printed, and optional words which an editor put in (`[the drivers]`,
`(them)`). `[T]he` is one word. Transcripts carry marks too (`transcription.marks`): those that
hide words are wildcards, those of mere sounds are nothing, and `[truck?]` is the word `truck`
that was heard with doubt.
"""

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from transcription.errors import TextTooLong
from transcription.marks import MarkKind, kind_of
from transcription.numerals import begins_number, spelled_number, spelled_ordinal, written_ordinal

MAX_CHARACTERS = 4_000_000
"""No text longer than this is split into words: about forty hours of speech."""


class Kind(StrEnum):
    """What a token stands for."""

    WORD = "word"
    NUMBER = "number"
    GAP = "gap"
    WILD = "wild"
    OPTIONAL = "optional"


class Boundary(StrEnum):
    """The strongest punctuation between a token and the one before it."""

    NONE = "none"
    CLAUSE = "clause"
    SENTENCE = "sentence"


class Token(NamedTuple):
    """One comparable unit: `text == source[start:end]`, `key` is what is compared."""

    kind: Kind
    key: str
    text: str
    start: int
    end: int
    boundary: Boundary = Boundary.NONE
    mark: MarkKind | None = None
    """For a wildcard: what it says; for a word: `UNCERTAIN` if it was heard with doubt."""

    @property
    def reach(self) -> int:
        """For a wildcard: how many spoken words it may stand for; 0 for other tokens."""
        return self.mark.reach if self.mark else 0


_LETTER_BRACKET = re.compile(r"\[(\w)\](?=\w)")
# Characters inside a word that are drawn over it or not at all: joiners, marks, vowel signs.
_MARKS = (
    "\u00ad\u200b-\u200f\u2060\ufeff\u0300-\u036f\u0591-\u05bd\u064b-\u065f"
    "\u0900-\u0903\u093a-\u094f"
)
_PIECE = re.compile(
    rf"""
      (?P<gap>\[\s*(?:\.\s*){{2,}}\]|\[\s*…\s*\]|\(\s*(?:\.\s*){{2,}}\)|\(\s*…\s*\)|\.{{2,}}|…
             |(?<=\s)[-–—]{{1,3}}(?=\s)|—|--+)
    | (?P<bracket>\[[^\[\]]{{1,200}}\]|\([^()]{{1,200}}\))
    | (?P<word>[\w\u2060](?:[\w'’ʼ‘`´*{_MARKS}]|[.,](?=\d))*)
    """,
    re.VERBOSE,
)
_APOSTROPHES = str.maketrans(dict.fromkeys("'’ʼ‘`´", "'"))
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d")
_ENDS_SENTENCE, _ENDS_CLAUSE = frozenset(".!?\n"), frozenset(",;:…–—")
_NUMBER = re.compile(r"\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?")
_LONGEST_NUMBER = 18
_MOST_NUMBER_WORDS = 8
_LONGEST_KNOWN = 40
_DESIGNATOR = re.compile(r"([^\W\d_]+)(\d{1,9})")
_LATIN = "aeopcxyikhmtb"
_CYRILLIC = "аеорсхуікһмтв"
_ALIKE = 8  # so many look alike as small letters too
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)
_CONTRACTED = {"'re": "are", "'ll": "will", "'ve": "have", "'m": "am"}
_NEGATED = {"ca": "can", "wo": "will", "sha": "shall"}


def tokens(text: str, *, language: str, quoted: bool = False) -> tuple[Token, ...]:
    """
    Split a text into tokens, in order.

    With `quoted`, dashes and ellipses are gaps and bracketed words are optional; without it
    (a transcript) both are ordinary punctuation, and only marks that hide words become
    wildcards. Any string is accepted up to `MAX_CHARACTERS` (`TextTooLong`).
    """
    if len(text) > MAX_CHARACTERS:
        raise TextTooLong("text", unit="characters", allowed=MAX_CHARACTERS)
    # A bracketed first letter keeps its length, so that offsets stay true.
    plain = _LETTER_BRACKET.sub("\u2060\\1\u2060", text)
    found: list[Token] = []
    last, between = 0, ""
    for piece in _PIECE.finditer(plain):
        between += plain[last : piece.start()]
        boundary = _boundary(between, found)
        last, before = piece.end(), len(found)
        if piece["gap"]:
            if quoted:
                found.append(_token(Kind.GAP, "", text, piece.span(), boundary))
            else:
                between += piece["gap"]  # counts as punctuation for the next word
        elif piece["bracket"]:
            found.extend(_bracket(text, piece, boundary, language=language, quoted=quoted))
        else:
            span = piece.span()
            trimmed = piece["word"].rstrip("'’ʼ‘`´")
            last = span[0] + len(trimmed)
            found.extend(_words(text, (span[0], last), boundary, language=language))
        between = "" if len(found) > before else between
    return tuple(_numbered(found, text, language=language))


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """The form of one word that is compared; empty when nothing of it can be."""
    shown = unicodedata.normalize("NFKC", word).casefold().translate(_APOSTROPHES)
    shown = "".join(c for c in shown if c not in _INVISIBLE)
    shown = shown.replace("'", "").replace("\u0301", "").replace("ё", "е")
    letters = [c for c in shown if c.isalpha()]
    latin = sum("a" <= c <= "z" for c in letters)
    if 0 < latin < len(letters):  # mixed alphabets: the majority decides
        cyrillic = sum("\u0400" <= c <= "\u04ff" for c in letters)
        shown = shown.translate(_TO_CYRILLIC if cyrillic >= latin else _TO_LATIN)
    return "".join(c for c in shown if c.isalnum() or c == "*")


def _token(
    kind: Kind,
    key: str,
    text: str,
    span: tuple[int, int],
    boundary: Boundary,
    mark: MarkKind | None = None,
) -> Token:
    return Token(kind, key, text[span[0] : span[1]], span[0], span[1], boundary, mark)


def _boundary(between: str, before: list[Token]) -> Boundary:
    if not before or not _ENDS_SENTENCE.isdisjoint(between):
        return Boundary.SENTENCE
    return Boundary.NONE if _ENDS_CLAUSE.isdisjoint(between) else Boundary.CLAUSE


def _bracket(
    text: str, piece: re.Match[str], boundary: Boundary, *, language: str, quoted: bool
) -> list[Token]:
    """What a bracketed mark stands for: a wildcard, or words that an editor put in."""
    mark = kind_of(piece["bracket"])
    if mark is not None and mark.hides_words:
        return [_token(Kind.WILD, "", text, piece.span(), boundary, mark)]
    if not quoted and mark not in {None, MarkKind.UNCERTAIN}:
        return []  # a sound: nothing that a quote could leave out
    start = piece.start() + 1
    kind = Kind.OPTIONAL if quoted else Kind.WORD
    found: list[Token] = []
    for word in _PIECE.finditer(text, start, piece.end() - 1):
        if word["word"]:
            end = word.start() + len(word["word"].rstrip("'’ʼ‘`´"))
            here = boundary if not found else Boundary.NONE
            found.extend(_words(text, (word.start(), end), here, language=language, kind=kind))
    return [token._replace(mark=mark) for token in found] if mark and not quoted else found


def _words(
    text: str,
    span: tuple[int, int],
    boundary: Boundary,
    *,
    language: str,
    kind: Kind = Kind.WORD,
) -> list[Token]:
    """One run of letters and digits as tokens: a number, a contraction opened, or words."""
    raw, start = text[slice(*span)], span[0]
    parts = (_known_parts if len(raw) <= _LONGEST_KNOWN else _parts)(raw, language)
    found: list[Token] = []
    for key, counts, begin, stop in parts:
        own = Kind.NUMBER if counts and kind is Kind.WORD else kind
        here = Boundary.NONE if found else boundary
        found.append(Token(own, key, raw[begin:stop], start + begin, start + stop, here))
    return found


def _parts(raw: str, language: str) -> tuple[tuple[str, bool, int, int], ...]:
    """What of a run is compared, whether it counts as a number, and where in the run it stands."""
    if _NUMBER.fullmatch(raw):
        key = re.sub(r"[, ](?=\d{3}(?:\D|$))", "", raw).replace(",", ".")
        number = key if "." in key or len(key) > _LONGEST_NUMBER else str(int(key))
        return ((number, True, 0, len(raw)),)
    cuts = (_contraction(raw) if language == "en" else None) or _designator(raw)
    if cuts:
        at, first, second = cuts
        return ((first, False, 0, at), (second, second.isdigit(), at, len(raw)))
    found = []
    for part in re.finditer(r"[^.,]+", raw):
        key = _native(fold(part[0]), part[0], language=language)
        if key:
            key = written_ordinal(key, "", language=language) or key
            found.append((key, any(c.isdigit() for c in key), *part.span()))
    return tuple(found)


_known_parts = lru_cache(maxsize=65_536)(_parts)  # words come again; a long run is none


def _contraction(raw: str) -> tuple[int, str, str] | None:
    """Where an English contraction is cut, and the two words that it holds."""
    flat = raw.translate(_APOSTROPHES).casefold()
    if flat == "cannot":
        return 3, "can", "not"
    if flat.endswith("n't") and len(flat) > len("n't"):
        stem = fold(flat[:-3])
        return len(raw) - 3, _NEGATED.get(stem, stem), "not"
    for ending, word in _CONTRACTED.items():
        if flat.endswith(ending) and len(flat) > len(ending):
            return len(raw) - len(ending), fold(flat[: -len(ending)]), word
    return None


def _designator(raw: str) -> tuple[int, str, str] | None:
    """Where "B1" is cut, so that it meets "B-1" and "B one"."""
    found = _DESIGNATOR.fullmatch(raw)
    return (found.end(1), fold(found[1]), str(int(found[2]))) if found else None


def _native(key: str, raw: str, *, language: str) -> str:
    """
    A word wholly in letters of the other alphabet that look like this one's, in this one's.

    Several capitals are left alone: they are more likely an abbreviation.
    """
    if len(raw) == 1 or not raw.isupper():
        if language in {"ru", "uk"} and all(c in _LATIN[:_ALIKE] for c in key):
            return key.translate(_TO_CYRILLIC)
        if language == "en" and all(c in _CYRILLIC[:_ALIKE] for c in key):
            return key.translate(_TO_LATIN)
    return key


def _numbered(found: list[Token], text: str, *, language: str) -> list[Token]:
    """Join spelled numbers, and digits with the ending behind them, into number tokens."""
    result: list[Token] = []
    at = 0
    while at < len(found):
        number = _number(found, at, text, language=language)
        if number is None:
            result.append(found[at])
            at += 1
            continue
        key, taken = number
        first, last = found[at], found[at + taken - 1]
        span = (first.start, last.end)
        mark = next((t.mark for t in found[at : at + taken] if t.mark), None)
        result.append(_token(Kind.NUMBER, key, text, span, first.boundary, mark))
        at += taken
    return result


def _number(found: list[Token], at: int, text: str, *, language: str) -> tuple[str, int] | None:
    """The key of the number that begins at a token, and how many tokens it takes."""
    if found[at].kind is Kind.NUMBER:
        behind = found[at + 1] if at + 1 < len(found) else None
        if behind is None or text[found[at].end : behind.start] not in {"-", "‑"}:
            return None
        key = written_ordinal(found[at].key, behind.key, language=language)
        return (key, 2) if key else None
    run = at
    if not begins_number(found[at].key, language=language):
        return None
    while run < len(found) and found[run].kind is Kind.WORD and run - at < _MOST_NUMBER_WORDS:
        if run > at and found[run].boundary is not Boundary.NONE:
            break
        run += 1
    keys = [t.key for t in found[at:run]]
    read = spelled_ordinal(keys, language=language)
    if read:
        return read
    number = spelled_number(keys, language=language)
    return (str(number[0]), number[1]) if number else None
