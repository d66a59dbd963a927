"""The regular forms of English words: what one could be a form of, judged by spelling."""

import re
from functools import cache

_SHORTEST_STEM = 3
_DOUBLING = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")
"""One vowel, one consonant: "stop" gives "stopped", so that "cared" is not of "car"."""


def english_forms(word: str) -> set[str]:
    """The regular forms of an English word: plural or third person, past, -ing."""
    if " " in word:
        return {word}
    if word.endswith("ee"):  # "freed", but "seed" is not of "see"
        return {word, word + "s", word + "ing", *([word + "d"] if len(word) > len("see") else [])}
    if word.endswith("e"):
        return {word, word + "s", word + "d", word[:-1] + "ing"}
    plural = word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")
    stem = word + word[-1] if _DOUBLING.fullmatch(word) else word
    return {word, plural, stem + "ed", stem + "ing"}


@cache
def english_stems(word: str) -> frozenset[str]:
    """Every word of which this could be a regular form, itself among them."""
    stems = {word}
    for ending in ("ing", "ed", "d", "es", "s"):
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < _SHORTEST_STEM:
            continue
        candidates = [stem, stem + "e"]
        if len(stem) > _SHORTEST_STEM and stem[-1] == stem[-2]:
            candidates.append(stem[:-1])
        if stem.endswith("i"):
            candidates.append(stem[:-1] + "y")
        for candidate in candidates:
            regular = english_forms(candidate)
            doubled = {candidate + candidate[-1] + "ed", candidate + candidate[-1] + "ing"}
            in_y = {candidate[:-1] + "ies", candidate[:-1] + "ied"} if candidate[-1] == "y" else {}
            if word in regular or word in doubled or word in in_y:
                stems.add(candidate)
    return frozenset(stems)
