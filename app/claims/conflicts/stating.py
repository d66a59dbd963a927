"""What the rules see of a claim, and what they say of two of them."""

from dataclasses import dataclass
from enum import StrEnum

from app.claims.predicates import Comparison, Predicate, definition
from app.claims.terms import Modality, SubjectKind


class ConflictKind(StrEnum):
    """In which way two claims are at odds."""

    VALUE = "value"
    DATE = "date"
    NAME = "name"
    COUNT = "count"
    STRENGTH = "strength"
    WORDING = "wording"


class ExplanationCode(StrEnum):
    """What may have made one fact into two values; proposed, never assumed."""

    RELATIVE_DATE = "relative_date"
    DAY_MONTH_ORDER = "day_month_order"
    TIME_ZONE = "time_zone"
    TRANSLATION_SLIP = "translation_slip"
    TRANSLITERATION = "transliteration"
    LESS_EXACT = "less_exact"
    ROUNDING = "rounding"
    LEAVES_ROOM = "leaves_room"
    HEADLINE = "headline"
    RENDERING = "rendering"


@dataclass(frozen=True, slots=True, order=True)
class Explanation:
    """A possible reason, as a code and as a sentence made from the two values."""

    code: ExplanationCode
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """
    A claim in force as the rules see it.

    `in_headline`: whether it stands in the first line of its text, above more of it.
    """

    id: str
    report_id: str
    subject_kind: SubjectKind
    subject_id: str
    predicate: Predicate
    value: object
    modality: Modality = Modality.ASSERTED
    sayer_id: str | None = None
    sayer: str | None = None
    in_headline: bool = False

    @property
    def comparison(self) -> Comparison:
        """How claims of this predicate are compared."""
        return definition(self.predicate).comparison

    @property
    def is_denied(self) -> bool:
        """Whether it says that it is not so."""
        return self.modality is Modality.DENIED


@dataclass(frozen=True, slots=True, kw_only=True)
class Odds:
    """
    That two claims are at odds: how, and what each stands for (`first` of the first claim given).

    `compatible`: both may well be so; one says less than the other. `facet` is what of a value both are
    about, where a value has several: the event that two links lead to.
    """

    kind: ConflictKind
    first: str
    second: str
    compatible: bool = False
    explanations: tuple[Explanation, ...] = ()
    facet: str = ""
