"""
How far two people who heard the same window agree, word by word: counts, and the words.

No coefficient is given. Cohen's kappa and Krippendorff's alpha take away the agreement that
chance would bring among a few categories, over units that are fixed beforehand. Words heard
freely have neither: there is no list to choose from, so chance agreement is next to nothing and
not to be estimated, and what counts as a unit is itself what the two may differ in. The counts say
all there is, and the words say where.

Words are paired as versions of a transcript are (`transcription.difference`): as they compare, a
word heard with doubt (`[truck?]`) as the word. A mark is not a word: where both could not
understand, they agree on nothing.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, zip_longest

from app.core.canonical import Json
from app.quotes.listening.queries import Standing
from transcription.difference import stretches
from transcription.marks import MarkKind, marks
from transcription.text import fold


class Beside(StrEnum):
    """How a word that one heard stands to what the other heard."""

    AGREED = "agreed"
    DIFFERS = "differs"
    ONLY_FIRST = "only_first"
    ONLY_SECOND = "only_second"
    NEITHER = "neither"
    """Both wrote a mark, and no word."""


@dataclass(frozen=True, slots=True)
class Step:
    """Words that stand beside one another; None where one of them wrote nothing there."""

    beside: Beside
    first: str | None
    second: str | None

    def as_data(self) -> dict[str, Json]:
        """The step as it is shown."""
        return {"beside": str(self.beside), "first": self.first, "second": self.second}


@dataclass(frozen=True, slots=True)
class Agreement:
    """What two listeners have in common; `words` are how many each of them heard."""

    steps: tuple[Step, ...]
    words: tuple[int, int]

    def count(self, beside: Beside) -> int:
        """In how many places they stand so."""
        return Counter(step.beside for step in self.steps)[beside]

    @property
    def agreed(self) -> int:
        """How many words both heard."""
        return self.count(Beside.AGREED)

    @property
    def differing(self) -> int:
        """In how many places they heard something else, or only one of them anything."""
        return sum(
            self.count(kind) for kind in (Beside.DIFFERS, Beside.ONLY_FIRST, Beside.ONLY_SECOND)
        )


@dataclass(frozen=True, slots=True)
class Pair:
    """
    Two people's filings of one window.

    `independent`: neither had been given words before filing, so neither knew the other's.
    `agreement` is None where there are no words to compare; `hindrance` then says why.
    """

    first: Standing
    second: Standing
    independent: bool
    agreement: Agreement | None
    hindrance: str | None


def compare(first: str, second: str) -> Agreement:
    """Lay what two people heard side by side."""
    ones, others = tuple(_units(first)), tuple(_units(second))
    words = sum(unit.is_word for unit in ones), sum(unit.is_word for unit in others)
    return Agreement(tuple(_steps(ones, others)), words)


def pairs(heard: Sequence[Standing]) -> list[Pair]:
    """Every two filings of one window by two people, the ones that differ most first."""
    filed = [item for item in heard if item.filed is not None]
    made = [
        _pair(one, other)
        for one, other in combinations(filed, 2)
        if one.listening.listener_id != other.listening.listener_id
        and one.listening.instance_id == other.listening.instance_id
        and one.listening.window == other.listening.window
    ]
    return sorted(made, key=lambda pair: -pair.agreement.differing if pair.agreement else 1)


def _pair(one: Standing, other: Standing) -> Pair:
    hindrance = agreement = None
    if one.reading is None or other.reading is None:
        hindrance = "one of them could not tell what was said"
    elif one.reading.language != other.reading.language:
        hindrance = "they wrote in two languages"
    else:
        agreement = compare(one.reading.text, other.reading.text)
    return Pair(one, other, one.is_blind and other.is_blind, agreement, hindrance)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A word or a mark as it was written, and what it is compared by."""

    text: str
    plain: str
    is_word: bool


def _units(text: str) -> Iterator[_Unit]:
    at = 0
    for mark in marks(text):
        yield from map(_word, text[at : mark.start].split())
        whole = text[mark.start : mark.end]
        if mark.kind is MarkKind.UNCERTAIN:
            for word in whole[1:-1].replace("?", " ").split():
                yield _Unit(f"[{word}?]", fold(word), is_word=True)
        else:
            yield _Unit(whole, whole, is_word=False)
        at = mark.end
    yield from map(_word, text[at:].split())


def _word(text: str) -> _Unit:
    plain = fold(text)
    return _Unit(text, plain or text, is_word=bool(plain))


def _steps(ones: Sequence[_Unit], others: Sequence[_Unit]) -> Iterator[Step]:
    plain = [unit.plain for unit in ones], [unit.plain for unit in others]
    for here, there in stretches(*plain):
        pairs = zip_longest((ones[at] for at in here), (others[to] for to in there))
        for first, second in pairs:
            beside = _beside(first, second)
            yield Step(beside, first.text if first else None, second.text if second else None)


def _beside(first: _Unit | None, second: _Unit | None) -> Beside:
    match first is not None and first.is_word, second is not None and second.is_word:
        case True, True:
            same = first and second and first.plain == second.plain
            return Beside.AGREED if same else Beside.DIFFERS
        case True, False:
            return Beside.ONLY_FIRST
        case False, True:
            return Beside.ONLY_SECOND
        case _:
            return Beside.NEITHER
