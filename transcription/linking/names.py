"""
Whether a name in Latin letters may be one in Cyrillic: by sound, not by one standard's spelling.

Names are transliterated by many standards and by none (Pokrovsk, Kharkiv or Kharkov, Yuriy or
Iurii), and Slavic endings change ("в Покровске"). Both sides are brought to one skeleton of
sounds, Cyrillic letter by letter, Latin by undoing the usual digraphs; how alike the
skeletons are is what is answered.
"""

import re
from functools import lru_cache

from rapidfuzz import fuzz

_LETTERS = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "є": "e", "ж": "j",
    "з": "z", "и": "i", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n",
    "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "c",
    "ч": "q", "ш": "x", "щ": "x", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "iu", "я": "ia",
}  # fmt: skip
_DIGRAPHS = (
    ("shch", "x"), ("sch", "x"), ("sh", "x"), ("zh", "j"), ("kh", "h"), ("tch", "q"),
    ("ch", "q"), ("ts", "c"), ("tz", "c"), ("ck", "k"), ("ph", "f"), ("ye", "e"), ("ie", "e"),
    ("yo", "e"), ("yu", "iu"), ("ju", "iu"), ("ya", "ia"), ("ja", "ia"), ("yi", "i"),
    ("w", "v"), ("y", "i"),
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")
_SHORTEST = 3
_ENDINGS = ("iami", "iah", "iam", "ami", "ogo", "omu", "oio", "om", "em", "oi", "ei", "iu", "ia",
            "ah", "am", "ov", "iv", "i", "a", "u", "e", "o")  # fmt: skip
"""Of case, as the skeleton spells them."""


@lru_cache(maxsize=65_536)
def sounds(word: str) -> str:
    """The skeleton of sounds of a folded word in either alphabet."""
    if any("\u0400" <= c <= "\u04ff" for c in word):
        shown = "".join(_LETTERS.get(c, c) for c in word)
    else:
        shown = word
        for written, sound in _DIGRAPHS:
            shown = shown.replace(written, sound)
    return _DOUBLED.sub(r"\1", shown)


def alike(one: str, other: str) -> int:
    """How alike two folded names sound, per mille; the better of with and without their endings."""
    first, second = sounds(one), sounds(other)
    if min(len(first), len(second)) < _SHORTEST:
        return 1000 if first == second and first else 0
    pairs = {(first, second), (_stem(first), _stem(second))}
    return max(round(10 * fuzz.ratio(*pair)) for pair in pairs)


def _stem(skeleton: str) -> str:
    for ending in _ENDINGS:
        if skeleton.endswith(ending) and len(skeleton) - len(ending) >= _SHORTEST:
            return skeleton.removesuffix(ending)
    return skeleton
