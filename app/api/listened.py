"""How listenings, what waits to be listened to, and agreement look on the wire."""

from typing import Any

from pydantic import Field

from app.api.wire import Spelled, UtcInstant, Wire
from app.core.languages import UNDETERMINED
from app.quotes.listening.agreement import Beside, Pair
from app.quotes.listening.models import AssignedSpan, Basis
from app.quotes.listening.queries import Standing, State, Waiting
from app.quotes.listening.service import Heard
from app.quotes.readers import Stance, Voice
from app.transcripts.models import Blindness, Confidence
from transcription.alignment import Verdict

API = "/api/v1"


class WaitingOut(Wire):
    """A quote that can be listened to before it is read; not a word of it, nor its place."""

    quote_id: str
    case_id: str
    recording_id: str
    demanded: bool = Field(description="whether the case's words stay closed until then")

    @classmethod
    def of(cls, waiting: Waiting) -> "WaitingOut":
        """Shape what waits."""
        return cls(
            quote_id=waiting.quote.id,
            case_id=waiting.quote.case_id,
            recording_id=str(waiting.quote.recording_id),
            demanded=waiting.demanded,
        )


class WaitingListing(Wire):
    """What may be listened to, the oldest quote first."""

    items: list[WaitingOut]


class ListeningIn(Wire):
    """Which quote's place is to be listened to."""

    quote_id: str


class HeardIn(Wire):
    """What was heard, word for word, or that the listener could not tell."""

    text: str | None = Field(default=None, description="marks such as [unintelligible] too")
    could_not_tell: bool = False
    language: str = UNDETERMINED
    confidence: Spelled[Confidence] | None = None
    note: str | None = None

    def heard(self) -> Heard:
        """The value that the feature understands."""
        return Heard(**{name: getattr(self, name) for name in type(self).model_fields})


class GivingUpIn(Wire):
    """Why a listening is given up."""

    reason: str


class ListeningOut(Wire):
    """
    One listening. While it is open or filed it says to its listener only how much there is to hear.

    `shown` lists what the account was given before the filing, from the records of answers;
    it is empty for a listening that is blind as far as this catalogue can know.
    """

    id: str
    case_id: str
    log_index: int
    quote_id: str
    recording_id: str
    listener_id: str
    listener_name: str
    state: State
    duration_ms: int
    audio: str
    begun_at: UtcInstant
    filed_at: UtcInstant | None
    revealed_at: UtcInstant | None
    withdrawn_at: UtcInstant | None
    reading_id: str | None
    text: str | None
    language: str | None
    confidence: Confidence | None
    could_not_tell: bool
    note: str | None
    blind: bool | None
    shown: list[dict[str, Any]] | None
    start_ms: int | None
    end_ms: int | None
    heard_from_ms: int | None
    heard_to_ms: int | None
    basis: Basis | None

    @classmethod
    def of(cls, standing: Standing) -> "ListeningOut":
        """Shape a listening; where in the recording it was is said once it is over."""
        row, filed, end = standing.listening, standing.filed, standing.end
        is_over = not standing.state.closes
        given_up = end if end and not filed else None
        reading = standing.reading
        return cls(
            id=row.id,
            case_id=row.case_id,
            log_index=row.log_index,
            quote_id=row.quote_id,
            recording_id=row.recording_id,
            listener_id=row.listener_id,
            listener_name=row.listener_name,
            state=standing.state,
            duration_ms=row.window.duration_ms,
            audio=f"{API}/listenings/{row.id}/audio",
            begun_at=row.begun_at,
            filed_at=filed.made_at if filed else None,
            revealed_at=standing.reveal.made_at if standing.reveal else None,
            withdrawn_at=given_up.made_at if given_up else None,
            reading_id=reading.id if reading else None,
            text=reading.text if reading else None,
            language=reading.language if reading else None,
            confidence=reading.confidence if reading else None,
            could_not_tell=filed is not None and reading is None,
            note=end.note if end else None,
            blind=standing.is_blind if filed else None,
            shown=filed.shown if filed else None,
            start_ms=row.start_ms if is_over else None,
            end_ms=row.end_ms if is_over else None,
            heard_from_ms=row.heard_from_ms if is_over else None,
            heard_to_ms=row.heard_to_ms if is_over else None,
            basis=row.basis if is_over else None,
        )


class ListeningListing(Wire):
    """Listenings, oldest first."""

    items: list[ListeningOut]


class SpanIn(Wire):
    """Where a quote is to be listened for, and why there."""

    start_ms: int
    end_ms: int
    reason: str


class SpanOut(Wire):
    """Where a quote is to be listened for, as somebody said."""

    id: str
    case_id: str
    log_index: int
    quote_id: str
    start_ms: int
    end_ms: int
    reason: str
    assigned_by: str
    assigned_at: UtcInstant

    @classmethod
    def of(cls, row: AssignedSpan) -> "SpanOut":
        """Shape an assigned span."""
        return cls(**{name: getattr(row, name) for name in cls.model_fields})


class StepOut(Wire):
    """Words that stand beside one another; null where one of the two wrote nothing there."""

    beside: Beside
    first: str | None
    second: str | None


class AgreementOut(Wire):
    """
    What two people who heard the same window have in common, counted in words.

    `independent`: neither account had been given words before it filed. There is no coefficient:
    words heard freely have no fixed categories that chance agreement could be reckoned from.
    """

    first_listening_id: str
    first_listener: str
    second_listening_id: str
    second_listener: str
    independent: bool
    hindrance: str | None
    first_words: int | None
    second_words: int | None
    agreed: int | None
    differing: int | None
    only_first: int | None
    only_second: int | None
    steps: list[StepOut]

    @classmethod
    def of(cls, pair: Pair) -> "AgreementOut":
        """Shape two filings."""
        found = pair.agreement
        return cls(
            first_listening_id=pair.first.listening.id,
            first_listener=pair.first.listening.listener_name,
            second_listening_id=pair.second.listening.id,
            second_listener=pair.second.listening.listener_name,
            independent=pair.independent,
            hindrance=pair.hindrance,
            first_words=found.words[0] if found else None,
            second_words=found.words[1] if found else None,
            agreed=found.agreed if found else None,
            differing=found.differing if found else None,
            only_first=found.count(Beside.ONLY_FIRST) if found else None,
            only_second=found.count(Beside.ONLY_SECOND) if found else None,
            steps=[
                StepOut(beside=step.beside, first=step.first, second=step.second)
                for step in (found.steps if found else ())
            ],
        )


class AgreementListing(Wire):
    """Every two filings of one window by two people, those that differ most first."""

    items: list[AgreementOut]


class VoiceOut(Wire):
    """What one listener's words say of a quote, and why; dissent is never outvoted."""

    reading_id: str
    listener: str
    recorded_by: str
    blind: Blindness
    text: str
    language: str
    fragment: str
    stance: Stance
    comparison_id: str
    log_index: int
    verdict: Verdict
    reasons: list[str]
    occurrences: list[dict[str, Any]]
    method: str
    version: str

    @classmethod
    def of(cls, voice: Voice) -> "VoiceOut":
        """Shape a reading and what it makes of the quote."""
        reading, row = voice.reading, voice.comparison
        return cls(
            reading_id=reading.id,
            listener=reading.listener,
            recorded_by=reading.recorded_by,
            blind=reading.blind,
            text=reading.text,
            language=reading.language,
            fragment=reading.span.fragment(),
            stance=voice.stance,
            comparison_id=row.id,
            log_index=row.log_index,
            verdict=row.verdict,
            reasons=row.reasons,
            occurrences=row.occurrences,
            method=row.method,
            version=row.version,
        )


class VoiceListing(Wire):
    """The readings that have a say on a quote, dissent first."""

    items: list[VoiceOut]
