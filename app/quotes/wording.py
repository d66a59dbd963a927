"""
What a quote says of itself: its form, its target, how often, and what was left out.

A quote is only ever compared with a recording when its target *is* a recording. A
president's sentence at a press conference is a statement: looking for it in intercepted
audio would be a category mistake, however well the words fit.
"""

from dataclasses import dataclass
from enum import StrEnum

from app.core.canonical import Json
from app.core.errors import Invalid
from transcription.alignment import MAX_QUOTE_CHARACTERS
from transcription.alignment.locate import require_words
from transcription.errors import NothingToAlign, TextTooLong
from transcription.quotation.proposal import CountOperator, SignKind, Stretch
from transcription.quotation.typed import typed
from transcription.text import tokens

MAX_COUNT = 1_000_000
"""The largest number of times that anything is said to have been spoken."""


class TargetKind(StrEnum):
    """What the words are attributed to."""

    RECORDING = "recording"
    STATEMENT = "statement"
    REPORT = "report"
    MATERIAL = "material"


@dataclass(frozen=True, slots=True, kw_only=True)
class OccurrenceClaim:
    """How often the report says the words were spoken; `raw` is its own wording."""

    op: CountOperator
    count: int
    raw: str

    def __post_init__(self) -> None:
        if not 1 <= self.count <= MAX_COUNT:
            raise Invalid(f"a claimed count is 1 to {MAX_COUNT}", field="occurrence_claim.count")
        if not self.raw.strip():
            raise Invalid("a claim has words", field="occurrence_claim.raw")

    def agrees_with(self, found: int) -> bool:
        """Whether `found` occurrences bear the claim out."""
        match self.op:
            case CountOperator.EXACTLY:
                return found == self.count
            case CountOperator.AT_LEAST:
                return found >= self.count
            case CountOperator.AT_MOST:
                return found <= self.count


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a quote is of. Only a recording or another report has an identifier here."""

    kind: TargetKind
    recording_id: str | None = None
    report_id: str | None = None

    def __post_init__(self) -> None:
        for kind, name, value in (
            (TargetKind.RECORDING, "recording_id", self.recording_id),
            (TargetKind.REPORT, "report_id", self.report_id),
        ):
            if (self.kind is kind) != (value is not None):
                raise Invalid(f"needed for a {kind}, and for nothing else", field=f"target.{name}")


class GapKind(StrEnum):
    """What stands in a published quote where spoken words do not."""

    ELLIPSIS = "ellipsis"
    UNINTELLIGIBLE = "unintelligible"
    """Words that were spoken and not understood."""
    EXPLETIVE = "expletive"
    """Words that were understood and not printed."""
    EDITORIAL = "editorial"


@dataclass(frozen=True, slots=True)
class Gap:
    """A mark in a quote, at its half-open place among the quote's characters."""

    kind: GapKind
    start: int
    end: int

    def as_data(self) -> dict[str, Json]:
        """The gap as it is stored and shown."""
        return {"kind": str(self.kind), "start": self.start, "end": self.end}


def gaps(exact: str, *, language: str) -> tuple[Gap, ...]:
    """
    The marks of a quote that stand for no spoken word.

    Raises `Invalid` naming `exact` when it holds no word that could be looked for, or more
    than the aligner will compare.
    """
    if len(exact) > MAX_QUOTE_CHARACTERS:
        raise Invalid(f"a quote holds at most {MAX_QUOTE_CHARACTERS} characters", field="exact")
    found = tokens(exact, language=language, quoted=True)
    try:
        require_words(found)
    except (NothingToAlign, TextTooLong) as error:
        raise Invalid(str(error), field="exact") from error
    signs = typed(exact, Stretch(0, len(exact)), language=language)
    return tuple(
        Gap(GapKind(sign.kind.value), sign.start, sign.end)
        for sign in signs
        if sign.kind is not SignKind.LETTER
    )
