"""
What is claimed, as whole values: conduct, statistics, charges, publications and the rest.

Each is a frozen dataclass made of `values` and of words from the closed lists, so that nothing is
free text but names and titles as they are printed. Who says it, how firmly, and in which
words is no part of a value: a claim holds that beside it. `predicates` says which value
belongs to which predicate.
"""

from dataclasses import dataclass

from app.agents.models import IdentityStatus
from app.claims.deeds import (
    Act,
    ChargeMode,
    CommentOutcome,
    Deed,
    Direction,
    Extent,
    LegalCategory,
    MotiveKind,
    Norm,
    Part,
    Progress,
    Responsibility,
    Situation,
    Upon,
)
from app.claims.terms import (
    Acquaintance,
    Channel,
    Circumstance,
    Counted,
    Counting,
    Course,
    EventLinkKind,
    Metric,
    Nature,
    Occasion,
    PublishingAct,
    RoleKind,
    Stance,
    SubjectKind,
    Unit,
)
from app.claims.values import Count, Named, Place, Quantity, Strict, TemporalValue
from app.core.errors import Invalid
from app.core.plaintext import line


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind(Strict):
    """What sort of thing it is said to be."""

    nature: Nature


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing(Strict):
    """One deed and its object: to kill the others; `negated`, not to storm."""

    deed: Deed
    upon: Upon | None = None
    negated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Conduct(Strict):
    """
    Who does what to whom: the deeds themselves, or with `act`, words about them ("orders").

    `by` does it and `to` is told; null where nothing is said of it. `extent` is one case,
    a pattern, a policy.
    """

    deeds: tuple[Doing, ...]
    act: Act | None = None
    by: Named | None = None
    to: Named | None = None
    extent: Extent | None = None

    def __post_init__(self) -> None:
        """Refuse conduct that says nothing."""
        if not self.deeds and self.extent is None:
            raise Invalid("conduct needs at least one deed, or its extent", field="deeds")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitChain(Strict):
    """A military unit with those it is part of, the smallest first, and when it was so."""

    units: tuple[Named, ...]
    when: TemporalValue | None = None

    def __post_init__(self) -> None:
        """Refuse an empty chain."""
        if not self.units:
            raise Invalid("name at least one unit", field="units")


@dataclass(frozen=True, slots=True, kw_only=True)
class Role(Strict):
    """
    What somebody is: of which kind, by which printed title, of which body, from when to when.

    `speaker` tells the voices of a recording apart ("S1"); null where it is not about a voice.
    """

    kind: RoleKind
    title: str
    of: Named | None = None
    speaker: str | None = None
    when: TemporalValue | None = None

    def __post_init__(self) -> None:
        """Refuse a blank title."""
        line(self.title, field="title")
        if self.speaker is not None:
            line(self.speaker, field="speaker")


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerIdentity(Strict):
    """Whether it is known who speaks, and if it is, who."""

    identity: IdentityStatus
    who: Named | None = None
    speaker: str | None = None

    def __post_init__(self) -> None:
        """Refuse a known speaker who is nobody, and an unknown one who is somebody."""
        if (self.identity is IdentityStatus.NAMED) != (self.who is not None):
            raise Invalid("somebody is named exactly where the speaker is known", field="who")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally(Strict):
    """How many there are of something, and what is said of these."""

    counted: Counted
    count: Count
    circumstance: Circumstance | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication(Strict):
    """That something was made known: how, by whom, over what, when."""

    act: PublishingAct
    by: Named | None = None
    channel: Channel = Channel.UNSTATED
    when: TemporalValue | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Investigation(Strict):
    """That somebody investigates, of what, and how far it is."""

    by: Named | None = None
    into: LegalCategory | None = None
    progress: Progress = Progress.UNSTATED


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge(Strict):
    """That somebody charged somebody."""

    by: Named | None = None
    against: Named
    mode: ChargeMode = ChargeMode.UNSTATED
    of: LegalCategory | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistic(Strict):
    """
    One number of an authority's count: of what, for which period, as of when.

    `period` is null where none is told. A `total` is the sum of parts that the authority may
    also have told; whether they add up is computed.
    """

    metric: Metric
    of: Doing
    count: Count
    total: bool
    period: TemporalValue | None = None
    as_of: TemporalValue | None = None
    counting: Counting = Counting.UNSTATED


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend(Strict):
    """Which way a count goes."""

    metric: Metric
    of: Doing
    course: Course


@dataclass(frozen=True, slots=True, kw_only=True)
class Characterisation(Strict):
    """What it is called in law, and by which law."""

    category: LegalCategory
    norm: Norm = Norm.UNSTATED


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentRequest(Strict):
    """That somebody was asked for comment, and what came of it."""

    by: Named | None = None
    of: Named
    outcome: CommentOutcome
    when: TemporalValue | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Control(Strict):
    """That somebody holds a share of a place."""

    by: Named
    share: Quantity

    def __post_init__(self) -> None:
        """Refuse more than the whole."""
        if self.share.unit is not Unit.PER_MILLE or self.share.amount > 1000:  # noqa: PLR2004 - per mille
            raise Invalid("a share is per mille, at most 1000", field="share")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceSituation(Strict):
    """How a place stands in the fighting, and how much of it."""

    situation: Situation
    part: Part = Part.UNSTATED
    by: Named | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Motive(Strict):
    """Why it is done."""

    kind: MotiveKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Answerable(Strict):
    """Who above stands behind it, and in which way."""

    mode: Responsibility
    of: Named


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearing(Strict):
    """Which way it speaks with regard to an allegation: of conduct, or of a crime."""

    direction: Direction
    on: Conduct | None = None
    category: LegalCategory | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLink(Strict):
    """How it is said to stand to an incident or a material."""

    kind: EventLinkKind
    to_kind: SubjectKind
    to_id: str

    def __post_init__(self) -> None:
        """Refuse a link to what is no event."""
        if self.to_kind not in (SubjectKind.INCIDENT, SubjectKind.MATERIAL):
            raise Invalid("an event is an incident or a material", field="to_kind")


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance(Strict):
    """That somebody spoke: to what effect, on which occasion, to whom, when and where."""

    stance: Stance
    occasion: Occasion = Occasion.UNSTATED
    to: Named | None = None
    when: TemporalValue | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge(Strict):
    """How somebody comes to know of what they speak."""

    how: Acquaintance
