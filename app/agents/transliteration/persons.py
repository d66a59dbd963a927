"""
Reading a person's name: titles, given names, patronymic, surname, initials, in whatever order.

A name is read by what its parts are known to be and by where they stand. Where both orders
make sense ("Roman Taras"), both are kept, and whoever compares takes the better one.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from app.agents.transliteration import letters
from app.agents.transliteration.spelling import alike, beginnings
from app.agents.transliteration.tables import table

Gender = Literal["m", "f"]

_DOTTED = re.compile(r"(?<=\w)\.(?=\w)")
_AROUND = "\"'«»“”„()[];:!?"
_INITIAL = 2
_NEAR = 12
_FATHERS_ENDINGS = (
    "",
    "ий",
    "ій",
    "ей",
    "ай",
    "ь",
    "о",
    "а",
    "я",
    "iy",
    "y",
    "ey",
    "ei",
    "o",
    "a",
)
"""What a given name may have lost before the ending of a father's name."""
_LONGEST_NAME = 8
"""How many words a name may have; what is longer is no person's name."""


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name, read; every part as written, `None` or empty where there is none."""

    given: str | None
    patronymic: str | None
    surname: str | None
    titles: tuple[str, ...] = ()
    rank: str | None = None


@lru_cache(maxsize=20_000)
def read(name: str) -> tuple[PersonName, ...]:
    """The ways in which a name may be read, the likeliest first; empty where it is none."""
    text = unicodedata.normalize("NFC", name)
    surname_first = "," in text
    words, titles, rank = _words(text)
    if not words or len(words) > _LONGEST_NAME:
        return ()
    readings = [_read(words, surname_first=surname_first)]
    if len(words) == 2 and not surname_first:  # noqa: PLR2004 - two words
        if is_patronymic(words[1]) and _is_given(words[0]):
            readings.append(PersonName(words[0], words[1], None))
        elif _either_way(words):
            readings.append(_read(words[::-1], surname_first=False))
    return tuple(
        PersonName(item.given, item.patronymic, item.surname, titles, rank) for item in readings
    )


def is_initial(word: str) -> bool:
    """Whether a part of a name is only its beginning: `Y.`, `Yu.`, `Ю`."""
    bare = word.rstrip(".")
    return len(bare) == 1 or (word.endswith(".") and len(bare) <= _INITIAL)


@cache
def groups_of(word: str) -> frozenset[int]:
    """
    The groups of given names that a word belongs to, in any of the languages.

    A word has several where a short form is one of several names ("Женя"). Given names are short:
    here only what languages write for one another counts, no vowel that is merely heard alike.
    """
    found: dict[int, int] = {}
    begun = {
        entry for letter in beginnings(word, most=_NEAR) for entry in _begun().get(letter, ())
    }
    for number, form in begun:
        likeness = alike(word, form, most=_NEAR)
        if likeness is not None:
            found[number] = min(likeness.cost, found.get(number, likeness.cost))
    nearest = min(found.values(), default=0)
    return frozenset(number for number, cost in found.items() if cost == nearest)


def forms_of(word: str) -> tuple[str, ...]:
    """Every form of a known given name; empty for one that is not known."""
    return tuple(form for group in sorted(groups_of(word)) for form in _groups()[group])


@cache
def fathers_of(patronymic: str) -> frozenset[int]:
    """The groups of given names that a father's name may be made of; empty: not known."""
    tidy = patronymic.casefold()
    for ending in sorted(_endings("masculine") + _endings("feminine"), key=len, reverse=True):
        if tidy.endswith(ending):
            stem = tidy[: -len(ending)]
            for close in _FATHERS_ENDINGS:
                found = groups_of(stem + close)
                if found:
                    return found
    return frozenset()


def gender_of(word: str) -> Gender | None:
    """The gender that a known given name, or a patronymic, is of; `None` where it may be both."""
    names = table("given_names")["names"]
    genders: set[Gender] = {names[group]["gender"] for group in groups_of(word)}
    if genders:
        return genders.pop() if len(genders) == 1 else None
    tidy = word.casefold()
    if tidy.endswith(_endings("feminine")):
        return "f"
    return "m" if tidy.endswith(_endings("masculine")) else None


@lru_cache(maxsize=20_000)
def nominatives(word: str, part: Literal["given", "surname"]) -> tuple[str, ...]:
    """What a Cyrillic word is in the nominative, if it stands in another case of a man's name."""
    if not letters.is_cyrillic(word):
        return ()
    tidy = word.casefold()
    return tuple(
        tidy[: len(tidy) - len(ending)] + stem
        for ending, stem in table("persons")["cases"][part]
        if tidy.endswith(ending) and len(tidy) - len(ending) + len(stem) > _INITIAL
    )


@lru_cache(maxsize=20_000)
def masculines(word: str) -> tuple[str, ...]:
    """The masculine forms of a surname that has a feminine ending."""
    tidy = word.casefold()
    return tuple(
        tidy[: -len(feminine)] + masculine
        for masculine, feminine in table("persons")["genders"]
        if tidy.endswith(feminine) and len(tidy) > len(feminine) + 1
    )


def is_patronymic(word: str) -> bool:
    """Whether a word has the ending of a father's name."""
    tidy = word.casefold()
    return tidy.endswith(_endings("masculine") + _endings("feminine")) and len(tidy) > _INITIAL


def _words(text: str) -> tuple[list[str], tuple[str, ...], str | None]:
    """The words of a name, its titles, and whether it says elder or younger."""
    words: list[str] = []
    titles: list[str] = []
    rank: str | None = None
    for raw in _DOTTED.sub(". ", text.replace(",", " ")).split():
        word = raw.strip(_AROUND)
        bare = word.rstrip(".").casefold()
        if not any(character.isalpha() for character in word):
            continue
        if bare in _listed("titles") and not is_initial(word):
            titles.append(word)
        elif bare in _listed("elder"):
            rank = "elder"
        elif bare in _listed("younger"):
            rank = "younger"
        elif words and bare in _listed("ordinals") and word.isupper() and not word.endswith("."):
            rank = f"ordinal {bare}"
        else:
            words.append(word)
    return words, tuple(titles), rank


def _read(words: list[str], *, surname_first: bool) -> PersonName:
    if len(words) == 1:
        return PersonName(None, None, words[0])
    if surname_first:
        return _with_surname(words[0], words[1:])
    if is_initial(words[0]) or is_initial(words[-1]):
        return _with_initials(words)
    last_is_father = len(words) > 2 and is_patronymic(words[-1])  # noqa: PLR2004 - three words
    if last_is_father or (_is_given(words[-1]) and not _is_given(words[0])):
        return _with_surname(words[0], words[1:])
    return _with_surname(words[-1], words[:-1]) if len(words) < 3 else _longer(words)  # noqa: PLR2004 - likewise


def _longer(words: list[str]) -> PersonName:
    """Three words or more, the given name first."""
    if is_patronymic(words[1]) or is_initial(words[1]):
        return PersonName(words[0], words[1], " ".join(words[2:]))
    return PersonName(words[0], None, " ".join(words[1:]))


def _with_initials(words: list[str]) -> PersonName:
    initials = [word for word in words if is_initial(word)]
    others = [word for word in words if not is_initial(word)]
    if not others:
        return _with_surname(words[-1], words[:-1])
    if is_initial(words[0]) and len(others) > 1 and is_patronymic(others[0]):
        return PersonName(initials[0], others[0], " ".join(others[1:]))
    return _with_surname(" ".join(others), initials)


def _with_surname(surname: str, others: list[str]) -> PersonName:
    if len(others) == 1 or not (is_patronymic(others[1]) or is_initial(others[1])):
        return PersonName(others[0], None, " ".join([*others[1:], surname]))
    return PersonName(others[0], others[1], surname)


def _is_given(word: str) -> bool:
    return any(groups_of(form) for form in (word, *nominatives(word, "given")))


def _either_way(words: list[str]) -> bool:
    """Whether nothing tells which of two words is the surname."""
    return not any(is_initial(word) for word in words) and (
        _is_given(words[0]) == _is_given(words[1])
    )


@cache
def _groups() -> tuple[tuple[str, ...], ...]:
    return tuple(
        (*item["ru"], *item["uk"], *item["latin"]) for item in table("given_names")["names"]
    )


@cache
def _begun() -> dict[str, tuple[tuple[int, str], ...]]:
    """Every form and its group, by the Cyrillic letters it may begin with."""
    found: dict[str, list[tuple[int, str]]] = {}
    for number, group in enumerate(_groups()):
        for form in group:
            for letter in beginnings(form, most=0):
                found.setdefault(letter, []).append((number, form))
    return {letter: tuple(entries) for letter, entries in found.items()}


@cache
def _endings(gender: str) -> tuple[str, ...]:
    return tuple(table("persons")["patronymics"][gender].split())


@cache
def _listed(name: str) -> frozenset[str]:
    entry = table("persons")[name]
    lists = entry.values() if isinstance(entry, dict) else (entry,)
    return frozenset(word for words in lists for word in words.split())
