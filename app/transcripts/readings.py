"""
Recording what named listeners heard in a span, replacing it, taking it back.

Nobody's reading is refused for what it says. Refused is what is tied to nothing: a span
outside the recording, a transcript of another one, a recording of which no sound is held.
Only the account that recorded a reading may replace it or take it back; whoever heard something
else records a reading of their own.
"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.core import clock, jobs, languages
from app.core.actor import Actor
from app.core.errors import Conflict, Invalid, NotFound
from app.core.identity import new_id
from app.core.plaintext import line, optional_line, optional_prose, prose
from app.custody.events import EventType
from app.custody.service import Subject, record
from app.recordings import queries as recordings
from app.recordings.models import Recording
from app.transcripts import listening, queries
from app.transcripts.listening import ReadingState
from app.transcripts.models import Blindness, Confidence, Reading, ReadingWithdrawal
from transcription.span import Span, timecode


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """
    What somebody heard, as it is handed in. What is left out was not stated; without
    `instance_id` it was heard in the bytes that count as the recording now.
    """

    start_ms: int
    end_ms: int
    text: str
    listener: str
    language: str = languages.UNDETERMINED
    confidence: Confidence | None = None
    confidence_as_stated: str | None = None
    blind: Blindness = Blindness.NOT_STATED
    transcript_id: str | None = None
    note: str | None = None
    instance_id: str | None = None


def add(session: Session, *, actor: Actor, recording: Recording, hearing: Hearing) -> Reading:
    """Record what somebody heard; `Invalid` names the field that is tied to nothing."""
    reading = drafted(session, actor=actor, recording=recording, hearing=hearing)
    _record(session, EventType.READING_CREATION, reading, reading, actor=actor)
    _compare_quotes(session, reading, actor=actor)
    return reading


def supersede(session: Session, *, actor: Actor, reading: Reading, hearing: Hearing) -> Reading:
    """
    Replace one's own reading by a newer one of an overlapping span; both stay.

    `Conflict` if it does not stand any more, or is somebody else's.
    """
    _require_own(session, actor, reading)
    recording = recordings.get(session, reading.recording_id)
    newer = drafted(
        session, actor=actor, recording=recording, hearing=hearing, supersedes=reading.id
    )
    if newer.start_ms >= reading.end_ms or reading.start_ms >= newer.end_ms:
        raise Invalid("a reading is superseded where it was heard", field="start_ms")
    _record(session, EventType.READING_SUPERSESSION, newer, reading, actor=actor)
    _compare_quotes(session, newer, actor=actor)
    return newer


def withdraw(
    session: Session, *, actor: Actor, reading: Reading, reason: str
) -> ReadingWithdrawal:
    """Take back one's own reading; it stays, with the reason. Raises as `supersede` does."""
    _require_own(session, actor, reading)
    withdrawal = ReadingWithdrawal(
        id=new_id(),
        case_id=reading.case_id,
        reading_id=reading.id,
        reason=prose(reason, field="reason"),
        withdrawn_by=actor.id,
        withdrawn_at=clock.now(),
    )
    _record(session, EventType.READING_WITHDRAWAL, withdrawal, reading, actor=actor)
    return withdrawal


def drafted(
    session: Session,
    *,
    actor: Actor,
    recording: Recording,
    hearing: Hearing,
    supersedes: str | None = None,
) -> Reading:
    """A reading that is not recorded yet; raises as `add` does."""
    instance_id, pcm_sha256, duration_ms = _sound(session, recording, hearing.instance_id)
    span = _span(hearing, duration_ms)
    return Reading(
        id=new_id(),
        case_id=recording.case_id,
        recording_id=recording.id,
        instance_id=instance_id,
        pcm_sha256=pcm_sha256,
        transcript_id=_transcript_id(session, recording, hearing),
        start_ms=span.start_ms,
        end_ms=span.end_ms,
        text=prose(hearing.text, field="text"),
        language=languages.language(hearing.language),
        listener=line(hearing.listener, field="listener"),
        confidence=hearing.confidence,
        confidence_as_stated=optional_line(
            hearing.confidence_as_stated, field="confidence_as_stated"
        ),
        blind=hearing.blind,
        note=optional_prose(hearing.note, field="note"),
        supersedes_id=supersedes,
        recorded_by=actor.id,
        recorded_by_name=actor.name,
        recorded_at=clock.now(),
    )


def _record(
    session: Session,
    event: EventType,
    row: Reading | ReadingWithdrawal,
    reading: Reading,
    *,
    actor: Actor,
) -> None:
    record(
        session,
        event,
        subject=Subject("recording", reading.recording_id),
        actor=actor,
        case_id=reading.case_id,
        rows=[row],
        details={"reading": reading.id},
    )


def _compare_quotes(session: Session, reading: Reading, *, actor: Actor) -> None:
    """Have the quotes of its place compared with what was heard; covered by the reading's entry."""
    jobs.request(
        session,
        kind=jobs.JobKind.ALIGN,
        subject_kind="reading",
        subject_id=reading.id,
        case_id=reading.case_id,
        params={},
        actor=actor,
    )


def _require_own(session: Session, actor: Actor, reading: Reading) -> None:
    standing = listening.standing(session, reading)
    if standing.state is not ReadingState.STANDS:
        raise Conflict(f"this reading is {standing.state} already", state=str(standing.state))
    if reading.recorded_by != actor.id:
        raise Conflict(
            "only who recorded a reading may replace it or take it back",
            recorded_by=reading.recorded_by_name,
        )


def _sound(
    session: Session, recording: Recording, instance_id: str | None
) -> tuple[str, str, int]:
    """The bytes that were heard, the digest of their samples, and how long they last."""
    instance = (
        recordings.get_instance(session, instance_id)
        if instance_id
        else recordings.original_of(session, recording.id)
    )
    if instance is None:
        raise Conflict("nothing of this recording is held that could be listened to")
    found = recordings.identification_of(session, instance.id)
    if found is None:
        raise Conflict("this recording is not decoded yet, so its times mean nothing yet")
    if found.pcm_sha256 is None or found.duration_ms is None:
        raise Conflict("the bytes held of this recording could not be decoded as audio")
    return instance.id, found.pcm_sha256, found.duration_ms


def _span(hearing: Hearing, duration_ms: int) -> Span:
    start_ms, end_ms = hearing.start_ms, hearing.end_ms
    if start_ms < 0:
        raise Invalid("a span begins at 0 or later", field="start_ms")
    if end_ms <= start_ms:
        raise Invalid("a span ends after it begins", field="end_ms")
    if end_ms > duration_ms:
        raise Invalid(
            f"the recording lasts {timecode(duration_ms)} ({duration_ms} ms)",
            field="end_ms" if start_ms < duration_ms else "start_ms",
            duration_ms=duration_ms,
        )
    return Span(start_ms, end_ms)


def _transcript_id(session: Session, recording: Recording, hearing: Hearing) -> str | None:
    if hearing.transcript_id is None:
        return None
    try:
        transcript = queries.get(session, hearing.transcript_id)
    except NotFound as error:
        raise Invalid(error.message, field="transcript_id") from error
    if transcript.recording_id != recording.id:
        raise Invalid("no such transcript of this recording", field="transcript_id")
    return transcript.id
