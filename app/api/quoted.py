"""How quotes, what was found for them, and decisions look on the wire."""

from typing import Any

from app.api.anchors import AnchorOut, PassageIn
from app.api.wire import Spelled, UtcInstant, Wire
from app.quotes import annotation
from app.quotes.footing import Footing
from app.quotes.listening.queries import Manner
from app.quotes.models import Alignment, Decision, Quote
from app.quotes.queries import Standing
from app.quotes.readers import Stance
from app.quotes.review import Ruling, State
from app.quotes.wording import (
    GapKind,
    OccurrenceClaim,
    Target,
    TargetKind,
)
from transcription.alignment import Verdict
from transcription.quotation.proposal import CountOperator, QuoteForm


class TargetIn(Wire):
    """What the words are attributed to; a recording or another report by its identifier."""

    kind: Spelled[TargetKind]
    recording_id: str | None = None
    report_id: str | None = None

    def target(self) -> Target:
        """The value that the feature understands; `Invalid` for a kind without its identifier."""
        return Target(kind=self.kind, recording_id=self.recording_id, report_id=self.report_id)


class TargetOut(Wire):
    """What the words are attributed to."""

    kind: TargetKind
    recording_id: str | None
    report_id: str | None


class ClaimIn(Wire):
    """How often the report says the words were spoken, and in which words it says so."""

    op: Spelled[CountOperator]
    count: int
    raw: str

    def claim(self) -> OccurrenceClaim:
        """The value that the feature understands; `Invalid` for a count below 1."""
        return OccurrenceClaim(op=self.op, count=self.count, raw=self.raw)


class ClaimOut(Wire):
    """How often the report says the words were spoken."""

    op: CountOperator
    count: int
    raw: str


class GapOut(Wire):
    """A mark in the quote that stands for no spoken word, at its place in `anchor.exact`."""

    kind: GapKind
    start: int
    end: int


class QuoteIn(PassageIn):
    """Words that a snapshot attributes to somebody."""

    snapshot_id: str
    language: str
    form: Spelled[QuoteForm]
    target: TargetIn
    speaker_as_described: str | None = None
    in_reply_to: str | None = None
    occurrence_claim: ClaimIn | None = None


class ReaderOut(Wire):
    """What the words of one listener say of the quote."""

    reading_id: str
    stance: Stance


class StandingOut(Wire):
    """
    What may be said of a quote now.

    `verdict` is null where nothing was compared; `supports` is true only for a verdict that
    supports, confirmed by somebody independent and not contested. It is contested where people
    confirmed verdicts that contradict one another, or where a listener's reading of the place
    (`readers`, dissent first) does not bear out what is shown.
    """

    verdict: Verdict | None
    state: State
    supports: bool
    contested: bool
    readers: list[ReaderOut]
    rests_on: Footing | None
    alignment_id: str | None
    decision_id: str | None

    @classmethod
    def of(cls, standing: Standing) -> "StandingOut":
        """Shape a standing."""
        return cls(
            verdict=standing.verdict,
            state=standing.state,
            supports=standing.supports,
            contested=standing.contested,
            readers=[
                ReaderOut(reading_id=voice.reading.id, stance=voice.stance)
                for voice in standing.voices
            ],
            rests_on=standing.alignment.rests_on if standing.alignment else None,
            alignment_id=standing.alignment.id if standing.alignment else None,
            decision_id=standing.decision.id if standing.decision else None,
        )


class QuoteOut(Wire):
    """A quote and what may be said of it now."""

    id: str
    case_id: str
    log_index: int
    report_id: str
    anchor: AnchorOut
    language: str
    form: QuoteForm
    target: TargetOut
    speaker_as_described: str | None
    in_reply_to: str | None
    occurrence_claim: ClaimOut | None
    gaps: list[GapOut]
    quoted_by: str
    quoted_at: UtcInstant
    standing: StandingOut

    @classmethod
    def of(cls, quote: Quote, standing: Standing) -> "QuoteOut":
        """Shape a quote."""
        claim = quote.occurrence_claim
        return cls(
            id=quote.id,
            case_id=quote.case_id,
            log_index=quote.log_index,
            report_id=quote.report_id,
            anchor=AnchorOut.of(quote.snapshot_id, quote.anchor),
            language=quote.language,
            form=quote.form,
            target=TargetOut(
                kind=quote.target_kind,
                recording_id=quote.recording_id,
                report_id=quote.target_report_id,
            ),
            speaker_as_described=quote.speaker_as_described,
            in_reply_to=quote.in_reply_to,
            occurrence_claim=(
                ClaimOut(op=claim.op, count=claim.count, raw=claim.raw) if claim else None
            ),
            gaps=[
                GapOut(kind=GapKind(gap["kind"]), start=gap["start"], end=gap["end"])
                for gap in quote.gaps
            ],
            quoted_by=quote.quoted_by,
            quoted_at=quote.quoted_at,
            standing=StandingOut.of(standing),
        )


class QuoteListing(Wire):
    """Quotes, oldest first."""

    items: list[QuoteOut]


class AlignmentIn(Wire):
    """In which transcript of the recording to look."""

    transcript_id: str


class DecisionIn(Wire):
    """What a reviewer says; `supersedes` names the decision they saw in force, if any."""

    ruling: Spelled[Ruling]
    rationale: str
    supersedes: str | None = None


class DecisionOut(Wire):
    """
    A reviewer's ruling; `listened` says whether they had filed what they heard before, and
    whether they had been given words before that.
    """

    id: str
    case_id: str
    log_index: int
    alignment_id: str
    revision: int
    ruling: Ruling
    rationale: str
    supersedes: str | None
    reviewer_id: str
    reviewer_name: str
    decided_at: UtcInstant
    listened: Manner

    @classmethod
    def of(cls, decision: Decision, *, listened: Manner) -> "DecisionOut":
        """Shape a decision."""
        own = {name: getattr(decision, name) for name in cls.model_fields if name != "listened"}
        return cls(**own, listened=listened)


class DecisionListing(Wire):
    """The chain of decisions on an alignment; the last one is in force."""

    items: list[DecisionOut]


class AlignmentOut(Wire):
    """
    What was found for a quote in one version of a transcript: a proposal, until decided.

    Each occurrence has its place in ms and as a Media Fragment (null where the transcript has
    no times), its words counted from 0, and the operations word by word.

    Where a translation was linked to the words spoken (`spoken_transcript_id`), the place is
    that of these words; each operation names the spoken words behind it (`source`), and `layers`
    gives the spoken and the translated words of the place and the links between them.
    """

    id: str
    case_id: str
    log_index: int
    quote_id: str
    recording_id: str
    transcript_id: str
    transcript_sha256: str
    verdict: Verdict
    reasons: list[str]
    rests_on: Footing
    spoken_transcript_id: str | None
    features: dict[str, Any]
    occurrences: list[dict[str, Any]]
    method: str
    version: str
    aligned_by: str
    aligned_at: UtcInstant

    @classmethod
    def of(cls, alignment: Alignment) -> "AlignmentOut":
        """Shape an alignment."""
        fields = {name: getattr(alignment, name) for name in cls.model_fields}
        fields["occurrences"] = [
            {**occurrence, "fragment": annotation.fragment(occurrence)}
            for occurrence in alignment.occurrences
        ]
        return cls(**fields)
