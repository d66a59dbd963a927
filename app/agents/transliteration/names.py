"""
Are two persons' names one? How alike, per mille, and every reason for and against.

Surnames must be alike, given names must not contradict, patronymics, initials, gender and
"elder" or "younger" must not either: a contradiction settles it, however alike the rest is. What
is merely missing (a surname alone, an initial) lowers the score. Nothing here says that two people are
one: it says that their names may be.
"""

from functools import lru_cache

from app.agents.transliteration import persons
from app.agents.transliteration.comparison import Comparison, two
from app.agents.transliteration.persons import PersonName
from app.agents.transliteration.spelling import Likeness, alike

_PART_MISSING = 600
_INITIAL_FITS = 800
_GIVEN_VARIANT = 960


def compare(first: str, second: str) -> Comparison:
    """How alike two persons' names are, the better of the ways in which each can be read."""
    return _compare(first, second)


@lru_cache(maxsize=50_000)
def _compare(first: str, second: str) -> Comparison:
    tried = [
        _compared(one, other) for one in persons.read(first) for other in persons.read(second)
    ]
    if not tried:
        return two("not_a_name")
    return max(tried, key=lambda item: (item.contradiction is None, item.score))


def _compared(one: PersonName, other: PersonName) -> Comparison:
    if one.rank and other.rank and one.rank != other.rank:
        return two("elder_and_younger")
    found: list[tuple[str, Likeness]] = []
    for part, read in (("surname", _surnames), ("given", _given), ("patronymic", _fathers)):
        likeness = read(one, other)
        if isinstance(likeness, str):
            return two(likeness)
        if likeness is not None:
            found.append((part, likeness))
    agreeing = {part for part, _ in found}
    if not agreeing & {"surname", "patronymic"}:
        return two("too_little_said")
    reasons = [
        reason if part == "surname" else f"{part}: {reason}"
        for part, item in found
        for reason in item.reasons
    ]
    score = min(item.score for _, item in found)
    if "surname" not in agreeing or "given" not in agreeing:
        reasons.append("surname_alone" if "surname" in agreeing else "surname_missing")
        score = min(score, _PART_MISSING)
    if one.rank != other.rank:
        reasons.append("elder_or_younger_said_once")
        score = min(score, _PART_MISSING)
    return Comparison(score, tuple(dict.fromkeys(reasons)))


def _surnames(one: PersonName, other: PersonName) -> Likeness | str | None:
    """How alike two surnames are; a word for what makes them two; `None`: one is missing."""
    if one.surname is None or other.surname is None:
        return None
    mine, theirs = _joined(one.surname), _joined(other.surname)
    direct = alike(mine, theirs)
    for word, against, whole in ((mine, theirs, one), (theirs, mine, other)):
        if _declined(whole):
            for form in persons.nominatives(word, "surname"):
                likeness = _better(alike(form, against), direct)
                if likeness is not None:
                    reasons = (*likeness.reasons, "another_case")
                    return Likeness(likeness.score, likeness.cost, reasons)
        for form in persons.masculines(word):
            if _better(alike(form, against), direct) is not None:
                return "gender_forms"
    return direct or "surnames_differ"


def _better(likeness: Likeness | None, than: Likeness | None) -> Likeness | None:
    if likeness is None or (than is not None and than.cost <= likeness.cost):
        return None
    return likeness


def _given(one: PersonName, other: PersonName) -> Likeness | str | None:
    """How alike two given names are, as `_surnames` says it."""
    if one.given is None or other.given is None:
        return None
    likeness = (
        _initials(one.given, other.given)
        if _short(one.given, other.given)
        else _forenames(one.given, other.given)
    )
    return likeness or "given_names_differ"


def _fathers(one: PersonName, other: PersonName) -> Likeness | str | None:
    """How alike two patronymics are, as `_surnames` says it."""
    if one.patronymic is None or other.patronymic is None:
        return None
    likeness = (
        _initials(one.patronymic, other.patronymic)
        if _short(one.patronymic, other.patronymic)
        else _patronymics(one.patronymic, other.patronymic)
    )
    return likeness or "patronymics_differ"


def _declined(name: PersonName) -> bool:
    """Whether the given name stands in another case too, which tells a case from a gender."""
    if name.given is None or persons.is_initial(name.given):
        return False
    return not persons.groups_of(name.given) and any(
        persons.groups_of(form) and persons.gender_of(form) == "m"
        for form in persons.nominatives(name.given, "given")
    )


def _joined(surname: str) -> str:
    return "".join(character for character in surname if character.isalpha())


def _short(mine: str, theirs: str) -> bool:
    return persons.is_initial(mine) or persons.is_initial(theirs)


def _initials(mine: str, theirs: str) -> Likeness | None:
    """Whether an initial can begin the other name, in any form of it."""
    short, long = (mine, theirs) if persons.is_initial(mine) else (theirs, mine)
    bare = short.rstrip(".")
    for form in _forms(long):
        for length in range(1, min(len(form), 4) + 1):
            found = alike(bare, form[:length])
            if found is not None and not found.cost:
                return Likeness(_INITIAL_FITS, 0, ("initial_fits",))
    return None


def _forms(name: str) -> tuple[str, ...]:
    """A given name in every language it is known in, or as it stands."""
    if persons.is_initial(name):
        return (name.rstrip("."),)
    return (name, *persons.forms_of(name))


def _forenames(mine: str, theirs: str) -> Likeness | None:
    direct = alike(mine, theirs)
    groups = _groups(mine), _groups(theirs)
    if all(groups):
        if not groups[0] & groups[1]:
            return None
        return direct or Likeness(_GIVEN_VARIANT, 0, ("variant",))
    return direct


def _groups(name: str) -> frozenset[int]:
    """The groups a given name belongs to, in the nominative if not as it stands."""
    forms = (name, *persons.nominatives(name, "given"))
    return next((found for form in forms if (found := persons.groups_of(form))), frozenset())


def _patronymics(mine: str, theirs: str) -> Likeness | None:
    """Fathers' names: alike as they stand, or fathers of one group of given names."""
    genders = {persons.gender_of(mine), persons.gender_of(theirs)}
    if genders == {"m", "f"}:
        return None
    fathers = persons.fathers_of(mine), persons.fathers_of(theirs)
    if all(fathers) and not fathers[0] & fathers[1]:
        return None
    direct = alike(mine, theirs)
    if direct is None and all(fathers):
        return Likeness(_GIVEN_VARIANT, 0, ("variant",))
    return direct
