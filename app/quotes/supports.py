"""
Acoustic support of aligned quotes: asked for here, found by a worker, kept as evidence.

It changes no verdict and no standing. Asking again gives another row; the newest is shown, and all are
kept. A quote that was aligned with a translation cannot be asked about: its words were never spoken.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock, jobs
from app.core.actor import Actor
from app.core.errors import Conflict, Invalid
from app.core.identity import new_id
from app.core.settings import Settings
from app.custody import jobs as handled
from app.custody.events import EventType
from app.custody.history import in_order
from app.custody.service import Subject, record
from app.quotes import queries
from app.quotes.footing import Footing
from app.quotes.models import AcousticSupport, Alignment, Quote
from app.recordings import queries as recordings
from app.transcripts import choice
from app.transcripts import queries as transcripts


def request(
    session: Session,
    *,
    actor: Actor,
    alignment: Alignment,
    settings: Settings,
    engine: str | None = None,
) -> jobs.Job:
    """
    Ask for the places of an alignment to be listened to, word by word.

    `engine` `None` is the operator's default. `Conflict` where nothing can be asked, `Invalid` for an
    engine that cannot be made to say a given text.
    """
    hindrance = _hindrance(session, alignment)
    if hindrance:
        raise Conflict(hindrance)
    chosen = choice.engine(engine, default=settings.engine)
    if not (chosen or settings.engine or "whisper:").startswith("whisper:"):
        raise Invalid("only a Whisper model can be made to say a given text", field="engine")
    transcript = transcripts.get(session, alignment.transcript_id)
    return handled.request(
        session,
        kind=jobs.JobKind.SUPPORT,
        subject_kind="alignment",
        subject_id=alignment.id,
        case_id=alignment.case_id,
        params={
            "instance_id": _instance(session, alignment),
            "engine": chosen,
            "channel": transcript.channel,
        },
        actor=actor,
    )


def possible(session: Session, alignment: Alignment) -> bool:
    """Whether `request` would be heard."""
    return _hindrance(session, alignment) is None


def keep(
    session: Session,
    *,
    actor: Actor,
    alignment: Alignment,
    places: Sequence[Mapping[str, Any]],
    derivation: Mapping[str, Any],
    calibrated: bool,
    job_id: str,
) -> AcousticSupport:
    """Keep what was found; a job keeps one, however often its last step is repeated."""
    made = session.scalars(
        select(AcousticSupport).where(AcousticSupport.job_id == job_id)
    ).one_or_none()
    if made:
        return made
    row = AcousticSupport(
        id=new_id(),
        case_id=alignment.case_id,
        alignment_id=alignment.id,
        job_id=job_id,
        pcm_sha256=derivation["input"]["pcm_sha256"],
        model_sha256=derivation["model_sha256"],
        calibrated=calibrated,
        places=[dict(place) for place in places],
        method=derivation["method"],
        version=derivation["method_version"],
        derivation=dict(derivation),
        scored_by=actor.id,
        scored_at=clock.now(),
    )
    record(
        session,
        EventType.ALIGNMENT_SUPPORT,
        subject=Subject("alignment", alignment.id),
        actor=actor,
        case_id=row.case_id,
        rows=[row],
        details={"support": row.id, "places": len(row.places), "job": job_id},
    )
    return row


def of(
    session: Session, alignment_id: str, *, as_of: int | None = None
) -> Sequence[AcousticSupport]:
    """Everything that was found for an alignment, oldest first."""
    statement = select(AcousticSupport).where(AcousticSupport.alignment_id == alignment_id)
    return in_order(session, statement, AcousticSupport, as_of)


def newest(session: Session, alignment_ids: Collection[str]) -> dict[str, AcousticSupport]:
    """What was found last for each of some alignments, by the alignment's identifier."""
    statement = select(AcousticSupport).where(AcousticSupport.alignment_id.in_(alignment_ids))
    return {row.alignment_id: row for row in in_order(session, statement, AcousticSupport, None)}


def rivals(session: Session, alignment: Alignment) -> list[tuple[Quote, Alignment]]:
    """
    Other quotes of the recording in the same language, with what was found for them in the same transcript
    by the same rules.
    """
    own = queries.get(session, alignment.quote_id)
    found = []
    for quote in queries.of_recording(session, alignment.recording_id):
        if quote.id == own.id or quote.language != own.language or quote.exact == own.exact:
            continue
        other = queries.alignment_of(
            session,
            quote_id=quote.id,
            transcript_id=alignment.transcript_id,
            method=alignment.method,
            version=alignment.version,
        )
        if other is not None:
            found.append((quote, other))
    return found


def _hindrance(session: Session, alignment: Alignment) -> str | None:
    if alignment.rests_on is not Footing.SPOKEN:
        return "this quote was compared with a translation, whose words were never spoken"
    if not any(_timed(place) for place in alignment.occurrences):
        return "the transcript does not time the words of this quote: nobody knows where to listen"
    if _instance(session, alignment) is None:
        return "nothing of this recording is held that could be listened to"
    return None


def _timed(place: Mapping[str, Any]) -> bool:
    return any(operation["start_ms"] is not None for operation in place["operations"])


def _instance(session: Session, alignment: Alignment) -> str | None:
    """The bytes that the transcript's times belong to; if it names none, those held now."""
    transcript = transcripts.get(session, alignment.transcript_id)
    if transcript.instance_id:
        return transcript.instance_id
    held = recordings.original_of(session, alignment.recording_id)
    return held.id if held else None
