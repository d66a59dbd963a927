"""
Letters: how Cyrillic is written in Latin, system by system, and read back.

The tables are BGN/PCGN (Russian 1947, Ukrainian 1965), ISO 9:1995, the Ukrainian resolution 55
of 2010, ICAO Doc 9303, the scholarly tradition of ISO/R 9:1968, and the habits of newspapers
that follow none. Forwards a system gives one spelling. Backwards nothing does: `h` is г, х or
nothing at all. So a Latin word is read as a `Lattice` of every Cyrillic spelling that any table
knows, and two words are compared as lattices.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from app.agents.transliteration.tables import table

VOWELS = frozenset("аеёєиіїоуыэюя")
_SIGNS = str.maketrans(dict.fromkeys("ьъ'ʼ’‘`′″ʹʺ”“\"", ""))
_APOSTROPHES = str.maketrans(dict.fromkeys("ʼ’`′", "'"))
_LONGEST = 7
"""The most Latin letters that stand for one Cyrillic one (`schtsch`)."""


@dataclass(frozen=True, slots=True)
class System:
    """One way of writing a Cyrillic alphabet in Latin letters."""

    id: str
    standard: str
    language: str
    letters: dict[str, str]
    initially: dict[str, str]
    after_vowel: dict[str, str]
    groups: dict[str, str]

    def spell(self, name: str) -> str:
        """The name in Latin letters; what is no letter of the alphabet stays as it is."""
        return "".join(self._spelled(name))

    def _spelled(self, name: str) -> Iterator[str]:
        text = unicodedata.normalize("NFC", name).translate(_APOSTROPHES)
        place = 0
        while place < len(text):
            before = text[place - 1].lower() if place else " "
            pair = text[place : place + 2]
            if pair.lower() in self.groups:
                yield _cased(self.groups[pair.lower()], pair, text)
                place += 2
                continue
            letter = text[place].lower()
            spelled = self.letters.get(letter)
            if not before.isalpha() and before != "'":
                spelled = self.initially.get(letter, spelled)
            elif before in VOWELS or before in "йьъ'":
                spelled = self.after_vowel.get(letter, spelled)
            yield text[place] if spelled is None else _cased(spelled, text[place], text)
            place += 1


@dataclass(frozen=True, slots=True)
class Lattice:
    """Every Cyrillic reading of one word: from node to node by letters, 0 first, `end` last."""

    arcs: tuple[tuple[tuple[str, int], ...], ...]
    end: int


@cache
def systems(language: str | None = None) -> tuple[System, ...]:
    """The systems, or those for one language (`ru`, `uk`)."""
    every = tuple(System(**item) for item in table("letters")["systems"])
    return tuple(item for item in every if language in (None, item.language))


def transliterated(name: str, *, language: str) -> dict[str, str]:
    """A Cyrillic name in Latin letters, by system; empty for a language without one."""
    return {system.id: system.spell(name) for system in systems(language)}


def is_cyrillic(text: str) -> bool:
    """Whether a word is written in Cyrillic letters (its first letter is)."""
    first = next((character for character in text if character.isalpha()), "")
    return "Ѐ" <= first <= "ӿ"


@lru_cache(maxsize=50_000)
def tidy(word: str) -> str:
    """A word as it is compared: lower case, without signs and marks, consonants single."""
    text = unicodedata.normalize("NFC", word).casefold().translate(_SIGNS)
    single = [
        letter
        for place, letter in enumerate(text)
        if not place or letter != text[place - 1] or letter in VOWELS or letter in "aeiouy"
    ]
    return "".join(single)


@lru_cache(maxsize=20_000)
def lattice(word: str) -> Lattice:
    """The lattice of a word that `tidy` tidied; a Cyrillic word has one reading."""
    arcs: list[list[tuple[str, int]]] = [[] for _ in range(len(word) + 1)]
    spellings = {} if is_cyrillic(word) else _spellings()
    for place in range(len(word)):
        for length in range(1, min(_LONGEST, len(word) - place) + 1):
            for letters in spellings.get(word[place : place + length], ()):
                _lead(arcs, place, letters, place + length)
        if not arcs[place]:
            _lead(arcs, place, _bare(word[place]), place + 1)
    return Lattice(tuple(tuple(step) for step in arcs), len(word))


def cyrillic(word: str, *, most: int = 200) -> tuple[str, ...]:
    """The Cyrillic spellings a Latin word may stand for, at most `most`, in table order."""
    read = lattice(tidy(word))
    found: dict[str, None] = {}

    def walk(node: int, so_far: str) -> None:
        if len(found) >= most:
            return
        if node == read.end:
            found[so_far] = None
            return
        for letter, following in read.arcs[node]:
            walk(following, so_far + letter)

    walk(0, "")
    return tuple(found)


def _lead(arcs: list[list[tuple[str, int]]], start: int, letters: str, end: int) -> None:
    """Add a path of letters from one node to another, through nodes of its own."""
    node = start
    for letter in letters[:-1]:
        arcs.append([])
        arcs[node].append((letter, len(arcs) - 1))
        node = len(arcs) - 1
    if letters and (letters[-1], end) not in arcs[node]:
        arcs[node].append((letters[-1], end))


def _bare(letter: str) -> str:
    """A letter that no table knows, without its marks, or a Cyrillic letter itself."""
    if is_cyrillic(letter):
        return letter
    plain = unicodedata.normalize("NFD", letter)[0]
    return next(iter(_spellings().get(plain, (plain,))))


@cache
def _spellings() -> dict[str, tuple[str, ...]]:
    """What a run of Latin letters may stand for, longest tradition first."""
    found: dict[str, dict[str, None]] = {}
    for system in systems():
        for rules in (system.letters, system.initially, system.after_vowel, system.groups):
            for letters, spelled in rules.items():
                _note(found, spelled, letters)
    for letters, habits in table("letters")["habits"].items():
        for spelled in habits:
            _note(found, spelled, letters)
    return {spelled: tuple(letters) for spelled, letters in found.items()}


def _note(found: dict[str, dict[str, None]], spelled: str, letters: str) -> None:
    key, sounded = tidy(spelled), letters.translate(_SIGNS)
    if key and sounded:
        found.setdefault(key, {})[sounded] = None


def _cased(spelled: str, source: str, text: str) -> str:
    if not source[:1].isupper():
        return spelled
    return spelled.upper() if text.isupper() and len(text) > 1 else spelled.capitalize()


@cache
def correspondences() -> dict[tuple[str, str], tuple[int, str]]:
    """Pairs of letters that stand for one another: what that costs, and why it happens."""
    found: dict[tuple[str, str], tuple[int, str]] = {}
    for item in table("letters")["correspondences"]:
        one, other = item["letters"].split()
        found[one, other] = found[other, one] = (item["cost"], item["reason"])
    return found
