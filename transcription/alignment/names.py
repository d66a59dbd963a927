"""
Names written in another alphabet, and places that have a name in each language.

"Харків" in Latin letters is Kharkiv, Charkiw or Harkiv, depending on who writes. So both spellings
are brought to one rough romanisation, in which what such systems differ in is the same: it only
ever compares a word in Cyrillic with one in Latin letters. That Zaporozhye is Zaporizhzhia no
rule of letters can tell; those places are listed in `names.json`, in their commonest cases.

Either way it is a variant and marked as one, never the same word.
"""

import json
import re
import unicodedata
from functools import cache, lru_cache
from importlib import resources

from transcription.text import fold

_SHORTEST = 3
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_ROMAN = dict(zip(
    "абвгґдеєэжзиіїыйклмнопрстуфхцчшщъьюя",
    "a b v h h d e e e zh z i i i i i k l m n o p r s t u f h ts ch sh shch - - iu ia".split(),
    strict=True,
))  # fmt: skip
# Of the systems in use, in the order in which they must be replaced.
_SYSTEMS = [
    (re.compile(pattern), plain)
    for pattern, plain in (
        ("ž", "zh"), ("š", "sh"), ("č", "ch"), ("[іï]", "i"), ("schtsch|shch|szcz|sch", "shch"),
        ("tsch|tch|cz", "ch"), ("kh|g", "h"), ("ts|tz|c(?!h)", "ts"), ("ph", "f"), ("w", "v"), ("ks", "x"),
        ("[yj]", "i"), ("i+(?=[aeou])", "i"), ("ie", "e"), (r"(.)\1+", r"\1"), ("zhzh", "zh"),
    )
]  # fmt: skip


@lru_cache(maxsize=65_536)
def marks(key: str) -> frozenset[tuple[str, str]]:
    """By what a folded word could be the same name as another: as listed, and by its sound."""
    found = {("place", place) for place in (_listed().get(key),) if place}
    if len(key) >= _SHORTEST and key.isalpha():
        found.add(("sound", sound(key)))
    return frozenset(found)


def same(one: str, other: str) -> bool:
    """Whether two different folded words are spellings of one name."""
    listed = _listed().get(one)
    if listed is not None and listed == _listed().get(other):
        return True
    across = bool(_CYRILLIC.search(one)) != bool(_CYRILLIC.search(other))
    long = min(len(one), len(other)) >= _SHORTEST
    return across and long and sound(one) == sound(other)


@lru_cache(maxsize=65_536)
def sound(key: str) -> str:
    """A folded word in one rough romanisation."""
    plain = "".join(_ROMAN.get(letter, letter) for letter in key).replace("-", "")
    for pattern, replacement in _SYSTEMS:
        plain = pattern.sub(replacement, plain)
    decomposed = unicodedata.normalize("NFD", plain)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@cache
def _listed() -> dict[str, str]:
    """Each listed spelling, folded, and the place that it names."""
    source = resources.files(__package__).joinpath("names.json")
    places: dict[str, list[str]] = json.loads(source.read_text(encoding="utf-8"))
    return {fold(spelling): place for place, spellings in places.items() for spelling in spellings}
