"""
Lists of words and of beginnings of words, each leading to a name.

An entry ending in `*` stands for every word that begins so, an entry of two words for those
two in a row. A whole word is found before a beginning, and a longer beginning before a
shorter one, so that an exception needs no more than to be listed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, eq=False)
class Patterns:
    """Words and beginnings of words, each leading to a name; whole words win, then length."""

    whole: dict[str, str]
    beginnings: dict[str, str]

    def find(self, key: str) -> str | None:
        """The name that this word leads to."""
        return _found(self, key)

    def together(self, first: str, second: str) -> str | None:
        """The name that two words in a row lead to, such as "everyone else"."""
        return self.whole.get(f"{first} {second}")


@lru_cache(maxsize=262_144)  # words come again, and every sentence asks about several lists
def _found(listed: Patterns, key: str) -> str | None:
    found = listed.whole.get(key)
    for length in range(len(key), 1, -1):
        if found is not None:
            break
        found = listed.beginnings.get(key[:length])
    return found


def patterns(entries: Iterable[tuple[str, str]]) -> Patterns:
    """Patterns from pairs of an entry and the name that it leads to."""
    pairs = list(entries)
    return Patterns(
        whole={word: name for word, name in pairs if not word.endswith("*")},
        beginnings={word[:-1]: name for word, name in pairs if word.endswith("*")},
    )


def named(lists: Mapping[str, Iterable[str]]) -> Patterns:
    """Patterns from lists under the name that all their entries lead to."""
    return patterns((word, name) for name, words in lists.items() for word in words)
