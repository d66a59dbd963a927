"""
Two places that have no name in common.

There is no gazetteer here: a place is the words of its name and of the larger places it is said
to lie in, without words such as "region" or "eastern". The narrower name of one must be among the
names of the other, alike in letters or listed as another name (`places.json`); else they are
two. Less said is no conflict: Luhansk holds Popasna in Luhansk.
"""

import json
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from app.agents.transliteration.spelling import alike
from app.claims.conflicts.stating import ConflictKind, Odds, Stated
from app.claims.terms import PlaceStatus
from app.claims.values import Place

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


def at_odds(one: Stated, other: Stated) -> Iterator[Odds]:
    """Whether two named places have nothing in common."""
    first, second = one.value, other.value
    if not isinstance(first, Place) or not isinstance(second, Place):
        return
    if not first.status is second.status is PlaceStatus.NAMED:
        return
    if first.place_id is not None and first.place_id == second.place_id:
        return
    if _is_within(first, second) or _is_within(second, first):
        return
    yield Odds(kind=ConflictKind.VALUE, first=_label(first), second=_label(second))


def _is_within(narrow: Place, wide: Place) -> bool:
    """Whether a word of the narrow name is among the names of the other place."""
    mine = _words(narrow.name or "")
    theirs = _words(" ".join([wide.name or "", *wide.within]))
    return not mine or any(_one(word, rival) for word in mine for rival in theirs)


def _one(word: str, other: str) -> bool:
    return word == other or _listed(word) == _listed(other) or alike(word, other) is not None


def _label(place: Place) -> str:
    return ", ".join([place.name or "", *place.within]).casefold()


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    words = [word.casefold().removesuffix("’s").removesuffix("'s") for word in _WORD.findall(text)]
    return tuple(word for word in words if word not in _generic())


def _listed(word: str) -> str:
    """The first of the names that a word is listed under, else the word."""
    return _other_names().get(word, word)


@cache
def _file() -> dict[str, list[list[str]] | str]:
    content: dict[str, list[list[str]] | str] = json.loads(
        Path(__file__).with_name("places.json").read_text(encoding="utf-8")
    )
    return content


@cache
def _generic() -> frozenset[str]:
    return frozenset(str(_file()["generic"]).split())


@cache
def _other_names() -> dict[str, str]:
    return {name: names[0] for names in _file()["one"] for name in names}
