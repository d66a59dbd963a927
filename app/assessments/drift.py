"""
How another report's wording of an assessment departs from the first one.

Two wordings are set side by side on six axes: how firmly something is asserted, whether its
hedge is still there, who judges and how many, whether anybody is said to judge, what was judged,
and whether a reservation ("while not independently verified") was kept. Each axis answers in
one sentence that names the words of both. The rules propose; a person decides. They work across
languages, because what is compared is what the lists make of the words, not the words.
"""

from dataclasses import dataclass
from enum import StrEnum

from app.assessments import lexicon as lexicons
from app.assessments.lexicon import Lexicon
from app.assessments.predicates import Level, Predicate, predicates
from app.assessments.voices import Thing, Voice, Voices, portion, things, voices

METHOD = "assessment-drift"
VERSION = "1"


class Drift(StrEnum):
    """How a restatement departs from the assessment; several may hold at once."""

    SAME = "same"
    STRONGER = "stronger"
    WEAKER = "weaker"
    REVERSED = "reversed"
    HEDGE_LOST = "hedge_lost"
    PLURALITY_CHANGED = "plurality_changed"
    ATTRIBUTION_LOST = "attribution_lost"
    SCOPE_WIDENED = "scope_widened"
    SCOPE_NARROWED = "scope_narrowed"
    QUALIFIER_LOST = "qualifier_lost"


class Axis(StrEnum):
    """What is compared."""

    STRENGTH = "strength"
    HEDGES = "hedges"
    ASSESSORS = "assessors"
    ATTRIBUTION = "attribution"
    SCOPE = "scope"
    QUALIFIERS = "qualifiers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """
    One wording of an assessment.

    `assessor` is who judges, where that is known apart from the words; `around` is the sentence
    the words stand in, where a reservation may stand too.
    """

    text: str
    language: str
    assessor: str = ""
    around: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one axis says: the drift, if there is any, and the sentence that names the words."""

    axis: Axis
    drift: Drift | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """All axes; `note` says why nothing could be compared, and is empty otherwise."""

    findings: tuple[Finding, ...]
    note: str = ""

    @property
    def drift(self) -> tuple[Drift, ...]:
        """
        How the second wording departs, in the order of `Drift`: `SAME` where it does not, and
        nothing where it could not be compared.
        """
        found = {finding.drift for finding in self.findings} - {None}
        if not found and not self.note:
            return (Drift.SAME,)
        return tuple(drift for drift in Drift if drift in found)


def compare(first: Wording, second: Wording) -> Comparison:
    """Set a restatement (`second`) beside the assessment (`first`)."""
    ours, theirs = lexicons.load(first.language), lexicons.load(second.language)
    if ours is None or theirs is None:
        missing = second.language if ours else first.language
        return Comparison((), f"no rules for wordings in “{missing}”")
    told = _Pair(first, second, ours, theirs)
    findings = (
        told.strength(),
        told.hedges(),
        told.assessors(),
        told.attribution(),
        told.scope(),
        told.qualifiers(),
    )
    note = "" if told.before and told.after else "no assertion was read in one of the wordings"
    return Comparison(tuple(each for each in findings if each is not None), note)


def headline(text: str, language: str) -> Predicate | None:
    """The assertion that a wording is about: the firmest one, else what it leaves open."""
    lexicon = lexicons.load(language)
    return None if lexicon is None else _headline(predicates(text, lexicon))


def _headline(found: tuple[Predicate, ...]) -> Predicate | None:
    return max(found, key=lambda each: (abs(each.level), each.level), default=None)


class _Pair:
    """Both wordings as they are read."""

    def __init__(self, first: Wording, second: Wording, ours: Lexicon, theirs: Lexicon) -> None:
        self.first, self.second, self.ours, self.theirs = first, second, ours, theirs
        self.said = predicates(first.text, ours)
        self.resaid = predicates(second.text, theirs)
        self.before, self.after = _headline(self.said), _headline(self.resaid)
        if self.before and self.before.level is Level.NOT_ESTABLISHED:
            open_ = [each for each in self.resaid if each.level is Level.NOT_ESTABLISHED]
            self.after = open_[0] if open_ else self.after
        if self.before and self.before.kind == "consistent":
            agreeing = [each for each in self.resaid if each.kind == "consistent"]
            self.after = agreeing[0] if agreeing else self.after

    def strength(self) -> Finding | None:
        if self.before is None or self.after is None:
            return None
        was, now = self.before.level, self.after.level
        words = f"“{self._before}” reads “{self._after}” here"
        if was * now < 0:
            return Finding(Axis.STRENGTH, Drift.REVERSED, f"{words}: the other way round")
        if abs(now) > abs(was):
            return Finding(Axis.STRENGTH, Drift.STRONGER, f"{words}: more firmly put")
        if abs(now) < abs(was):
            return Finding(Axis.STRENGTH, Drift.WEAKER, f"{words}: less firmly put")
        return Finding(Axis.STRENGTH, None, f"{words}: as firmly put")

    def hedges(self) -> Finding | None:
        if self.before is None or self.after is None or self.before.hedge is None:
            return None
        if self.before.level * self.after.level < 0 or not self.after.level:
            return None
        if self.after.hedge is None and self.after.level in (Level.ASSERTED, Level.DENIED):
            sentence = f"“{self.before.hedge}” is gone: “{self._after}” says it flatly"
            return Finding(Axis.HEDGES, Drift.HEDGE_LOST, sentence)
        kept = f"“{self.after.hedge}” is there" if self.after.hedge else "it stops short of that"
        return Finding(Axis.HEDGES, None, f"“{self.before.hedge}” there; here {kept}")

    def assessors(self) -> Finding | None:
        was, now = self._judges
        if not was.kinds or not now.kinds:
            return None
        words = f"{was.words} became {now.words}"
        added = [kind for kind in now.kinds if kind not in was.kinds]
        gone = [kind for kind in was.kinds if kind not in now.kinds]
        counted = [
            kind
            for kind in was.kinds
            if kind in now.kinds and was.kinds[kind].several != now.kinds[kind].several
        ]
        if counted or added or gone:
            told = ["one or several" for _ in counted[:1]]
            told += [f"{_named(added)} added" for _ in added[:1]]
            told += [f"{_named(gone)} gone" for _ in gone[:1]]
            sentence = f"{words}: {', '.join(told)}"
            return Finding(Axis.ASSESSORS, Drift.PLURALITY_CHANGED, sentence)
        return Finding(Axis.ASSESSORS, None, f"{words}: as many, of the same kind")

    def attribution(self) -> Finding | None:
        was, now = self._judges
        if not was.anybody:
            return None
        if now.anybody:
            return Finding(Axis.ATTRIBUTION, None, f"said by {now.words}")
        sentence = f"said by {was.words} there, by nobody here"
        return Finding(Axis.ATTRIBUTION, Drift.ATTRIBUTION_LOST, sentence)

    def scope(self) -> Finding | None:
        was = things(self.first.text, self.ours)
        now = things(self.second.text, self.theirs)
        if not was or not now:
            return None
        words = f"{_listed(was)} there, {_listed(now)} here"
        part, again = portion(self.first.text, self.ours), portion(self.second.text, self.theirs)
        if set(was) < set(now) or (part and not again):
            why = f"“{part}” is gone" if part and not again else "more is judged"
            return Finding(Axis.SCOPE, Drift.SCOPE_WIDENED, f"{words}: {why}")
        if set(now) < set(was) or (again and not part):
            why = f"“{again}” is new" if again and not part else "less is judged"
            return Finding(Axis.SCOPE, Drift.SCOPE_NARROWED, f"{words}: {why}")
        return Finding(Axis.SCOPE, None, f"{words}: the same sort of thing")

    def qualifiers(self) -> Finding | None:
        around = self.first.around or self.first.text
        reserved = [
            each
            for each in predicates(around, self.ours)
            if each.level is Level.NOT_ESTABLISHED
            and not (self.before and self.before.level is Level.NOT_ESTABLISHED)
        ]
        if not reserved or self.before is None:
            return None
        words = around[reserved[0].start : reserved[0].end]
        again = self.second.around or self.second.text
        kept = [
            each for each in predicates(again, self.theirs) if each.level is Level.NOT_ESTABLISHED
        ]
        if kept:
            sentence = f"“{words}” is kept as “{again[kept[0].start : kept[0].end]}”"
            return Finding(Axis.QUALIFIERS, None, sentence)
        return Finding(Axis.QUALIFIERS, Drift.QUALIFIER_LOST, f"“{words}” is not said here")

    @property
    def _before(self) -> str:
        return _words(self.first.text, self.before)

    @property
    def _after(self) -> str:
        return _words(self.second.text, self.after)

    @property
    def _judges(self) -> tuple[Voices, Voices]:
        return (
            _voices(self.first, self.ours),
            _voices(self.second, self.theirs),
        )


def _voices(wording: Wording, lexicon: Lexicon) -> Voices:
    found = voices(wording.text, lexicon)
    if found.kinds or not wording.assessor:
        return found
    known = voices(wording.assessor, lexicon)
    return known if known.kinds else found


def _words(text: str, predicate: Predicate | None) -> str:
    return "" if predicate is None else " ".join(text[predicate.start : predicate.end].split())


def _listed(found: dict[Thing, str]) -> str:
    return " and ".join(f"“{words}” ({kind})" for kind, words in found.items())


def _named(kinds: list[Voice]) -> str:
    return " and ".join(kinds)
