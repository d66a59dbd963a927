"""
Are two military units one? Designations read into number, echelon and arm of service.

`394th Motorized Rifle Regiment`, `394 мсп` and `394-й мотострелковый полк` are one designation:
number 394, regiment, motor rifle. A number or an echelon that differs makes two units, and so do
two arms that nothing reconciles. An arm that is said less exactly, or in words that are no arm
at all (a `127th Automated Rifle Division` beside a `127th Motorized Rifle Division`), is proposed as
a probable mistranslation. What a unit is said to belong to (`of the`, `part of`, `в составе`) is
read too, and two that belong to different units of one echelon are two.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from app.agents.transliteration.comparison import Comparison, two
from app.agents.transliteration.spelling import alike
from app.agents.transliteration.tables import table

MISTRANSLATION = "probable_mistranslation"
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+", re.UNICODE)
_ORDINAL = "й|я|ой|ый|ая|го|му|ю|м|та|га|ша|ма|тя|ої|а|ий|е"
_NUMBER = re.compile(
    rf"(?:№\s*|no\.\s*)?\b(?P<number>\d{{1,4}})(?:st|nd|rd|th|[-–](?:{_ORDINAL})|(?:{_ORDINAL}))?\b"
)
_ROMAN = re.compile(r"\b(?P<roman>[IVXІХ]{1,5})\b")
_ROMANS = {"i": 1, "v": 5, "x": 10}
_LONGEST = 300
_SAME_WORDS = 900
_ARM_UNSAID = 700
_ARM_REWORDED = 650
_NUMBER_UNSAID = 560


@dataclass(frozen=True, slots=True)
class Designation:
    """A unit as its name says it; `words` are those that no list knows."""

    number: int | None
    echelon: str | None
    arms: frozenset[str]
    words: frozenset[str]
    superior: "Designation | None" = None

    @property
    def says_anything(self) -> bool:
        """Whether it says more than that it is a unit."""
        return self.number is not None or bool(self.arms) or bool(self.words)


def read(name: str) -> Designation | None:
    """The designation in a name, and the one it is said to belong to; `None` where there is none."""
    text = " ".join(name.casefold().replace("ё", "е").split())[:_LONGEST]
    whole = _superior().split(text, maxsplit=1)
    head, rest = whole[0], whole[1] if len(whole) > 1 else ""
    numbers = list(_NUMBER.finditer(head))
    if len(numbers) > 1:
        rest = f"{head[numbers[1].start() :]} of {rest}" if rest else head[numbers[1].start() :]
        head = head[: numbers[1].start()]
    unit = _designation(head)
    if unit is None:
        return None
    above = read(rest) if rest else None
    return Designation(unit.number, unit.echelon, unit.arms, unit.words, above)


def compare(first: str, second: str) -> Comparison:
    """How alike two units' names are."""
    return _compare(first, second)


@lru_cache(maxsize=20_000)
def _compare(first: str, second: str) -> Comparison:
    one, other = read(first), read(second)
    if one is None or other is None or not (one.says_anything and other.says_anything):
        return two("not_a_unit")
    above = _above(one, other)
    if above is not None and above.contradiction:
        return two("superiors_differ")
    found = _compared(one, other)
    if found.contradiction or above is None:
        return found
    return Comparison(found.score, (*found.reasons, "same_superior"))


def _compared(one: Designation, other: Designation) -> Comparison:
    if one.echelon != other.echelon:
        return two("echelons_differ")
    numbers = _numbers(one, other)
    if numbers.contradiction or numbers.reasons == ("same_words",):
        return numbers
    arms = _arms(one, other)
    if arms.contradiction:
        return arms
    return Comparison(min(numbers.score, arms.score), (*numbers.reasons, *arms.reasons))


def _numbers(one: Designation, other: Designation) -> Comparison:
    """How two units compare by number; without one, by what else they are called."""
    if one.number is not None and other.number is not None:
        same = one.number == other.number
        return Comparison(1000, ("same_number",)) if same else two("numbers_differ")
    if one.number is other.number and one.arms == other.arms and _same_words(one, other):
        return Comparison(_SAME_WORDS, ("same_words",))
    if one.number is not None or other.number is not None or not one.arms & other.arms:
        return two("too_little_said")
    return Comparison(_NUMBER_UNSAID, ("number_unsaid",))


def _arms(one: Designation, other: Designation) -> Comparison:
    """How two units compare by arm of service."""
    if one.arms and one.arms == other.arms:
        return Comparison(1000, ("same_arm",))
    if one.arms and other.arms:
        if not (_reconciled(one, other) or _reconciled(other, one)):
            return two("arms_differ")
        reworded = one.words | other.words
        less = "arm_less_exact"
    else:
        reworded = (
            frozenset[str]() if one.arms == other.arms else (other if one.arms else one).words
        )
        less = "arm_unsaid"
    if reworded:
        return Comparison(_ARM_REWORDED, (MISTRANSLATION,))
    return Comparison(_ARM_UNSAID, (less,))


def _same_words(one: Designation, other: Designation) -> bool:
    """Whether what no list knows is the same in both, in whatever letters."""
    return (
        bool(one.words)
        and _each_alike(one.words, other.words)
        and _each_alike(other.words, one.words)
    )


def _each_alike(words: frozenset[str], others: frozenset[str]) -> bool:
    return all(any(alike(word, other) for other in others) for word in words)


def _reconciled(exact: Designation, loose: Designation) -> bool:
    """Whether every arm of one is an arm of the other, or what is loosely called so."""
    within = {name for arm in exact.arms for name in table("units")["within"].get(arm, ())}
    return loose.arms <= exact.arms | within


def _above(one: Designation, other: Designation) -> Comparison | None:
    """How the units compare that the two are said to belong to, where they are of one echelon."""
    for mine in _superiors(one):
        for theirs in _superiors(other):
            if mine.echelon == theirs.echelon and mine.number is not None:
                return _compared(mine, theirs)
    return None


def _superiors(unit: Designation) -> list[Designation]:
    found = []
    above = unit.superior
    while above is not None:
        found.append(above)
        above = above.superior
    return found


def _designation(text: str) -> Designation | None:
    number, rest = _number(text)
    short = _abbreviated(rest)
    arms: set[str] = set()
    echelon: str | None = None
    if short is not None:
        arm, echelon, rest = short
        arms |= {arm} if arm else set()
    for name in table("units")["branches"]:
        rest, found = _taken(rest, f"branches.{name}")
        if found:
            arms.add(name)
    for name in table("units")["echelons"]:
        rest, found = _taken(rest, f"echelons.{name}")
        if found and echelon is None:
            echelon = name
    if echelon is None:
        return None
    for name in ("guards", "separate", "nations", "idle"):
        rest, _ = _taken(rest, name)
    words = frozenset(word for word in _WORD.findall(rest) if len(word) > 1 and word.isalpha())
    return Designation(number, echelon, frozenset(arms), words)


def _number(text: str) -> tuple[int | None, str]:
    found = _NUMBER.search(text)
    if found:
        return int(found["number"]), text[: found.start()] + " " + text[found.end() :]
    roman = _ROMAN.search(text.upper())
    if roman:
        rest = text[: roman.start()] + " " + text[roman.end() :]
        return _arabic(roman["roman"].lower()), rest
    return None, text


def _arabic(roman: str) -> int:
    values = [_ROMANS[letter] for letter in roman.translate(str.maketrans("іх", "ix"))]
    return sum(
        -value if values[place + 1 : place + 2] and values[place + 1] > value else value
        for place, value in enumerate(values)
    )


def _abbreviated(text: str) -> tuple[str, str, str] | None:
    """The arm and echelon that an abbreviation says, and the text without it."""
    for found in _WORD.finditer(text):
        said = _abbreviation(found[0])
        if said is not None:
            return *said, text[: found.start()] + " " + text[found.end() :]
    return None


def _abbreviation(word: str) -> tuple[str, str] | None:
    known = table("units")["abbreviations"].get(word)
    if known is not None:
        return known[0], known[1]
    composed = _composed().fullmatch(word)
    if composed is None:
        return None
    parts = table("units")["composed"]
    return parts["branches"][composed["arm"]], parts["echelons"][composed["echelon"]]


@cache
def _composed() -> re.Pattern[str]:
    """Abbreviations made of their parts: `одшбр` is separate, air assault, brigade."""
    parts = table("units")["composed"]
    arms = "|".join(sorted(parts["branches"], key=len, reverse=True))
    echelons = "|".join(sorted(parts["echelons"], key=len, reverse=True))
    return re.compile(rf"{parts['separate']}?(?:гв)?(?P<arm>{arms})(?P<echelon>{echelons})")


@cache
def _superior() -> re.Pattern[str]:
    return re.compile(rf"\s*,?\s*(?<!\w)(?:{_alternatives(table('units')['superior'])})(?!\w)\s*")


def _taken(text: str, name: str) -> tuple[str, bool]:
    """The text without the words of a list, and whether there were any."""
    rest, count = _pattern(name).subn(" ", text)
    return rest, bool(count)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    entry: Any = table("units")
    for key in name.split("."):
        entry = entry[key]
    return re.compile(rf"(?<!\w)(?:{_alternatives(entry)})(?!\w)")


def _alternatives(entry: str) -> str:
    words = sorted((word for word in entry.split("|")), key=len, reverse=True)
    return "|".join(
        re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for word in words
    )
