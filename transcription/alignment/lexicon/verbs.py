"""
What the form of a verb says: an order or a report, and who does it.

"Burn the houses" and "burned the houses" hold the same word, and so do "сожги" and "сожгли"
or "убил" and "убила", where no subject is said and the ending alone names the doer. Forms are
told by their endings and by short lists of exceptions; what an ending leaves open is
`UNSURE`, never taken for agreement. Infinitive and imperative are one class, `order`: on the
radio both give orders.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

Classes = frozenset[str]

_PAST = "past "
_ENGLISH = {"base", "past", "progressive"}
_NO_PERSON = {"order", "impersonal", *_ENGLISH}
_SHORTEST = 4


class Agreement(Enum):
    """How the forms of two verbs compare."""

    SAME = auto()
    DOER = auto()
    """The same tense, of another person, number or gender."""
    MOOD = auto()
    """Another tense or mood: an order for a report, what will be for what was."""
    UNSURE = auto()


@dataclass(frozen=True, eq=False)
class Verbs:
    """How the verbs of one language are recognised."""

    by_ending: Mapping[str, Classes]
    known: Mapping[str, Classes]
    strict: tuple[str, ...]
    """Endings that are a verb's, also where no list says that the word is one."""
    english: bool

    def classes(self, key: str, *, listed: bool) -> Classes:
        """What a word may be as a form of a verb; nothing, where it is no verb for all we know."""
        if key in self.known:
            return self.known[key]
        if self.english:
            if len(key) > _SHORTEST and key.endswith("ing"):
                return frozenset({"progressive"})
            return frozenset({"past" if key.endswith("ed") else "base"})
        if not listed and not key.endswith(self.strict):
            return frozenset()
        cuts = (key[at:] for at in range(1, len(key)))
        return next((self.by_ending[cut] for cut in cuts if cut in self.by_ending), frozenset())


def agreement(one: Classes, other: Classes) -> Agreement:
    """Compare what two verbs may be."""
    shared = one & other
    if not one or not other:
        return Agreement.UNSURE
    if "order" in shared or (shared and len(one | other) == 1):
        return Agreement.SAME
    if shared or "impersonal" in one | other or "progressive" in one | other:
        return Agreement.UNSURE
    past = [{c.startswith(_PAST) for c in side} for side in (one, other)]
    if past == [{True}, {True}]:
        return Agreement.DOER
    return (
        Agreement.DOER if past == [{False}, {False}] and _persons(one | other) else Agreement.MOOD
    )


def _persons(classes: Classes) -> bool:
    return not classes & _NO_PERSON
