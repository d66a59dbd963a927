"""
Replays of machines' transcripts: kept for good, and what they say of the first hearing.

A replay changes nothing. A transcript whose original was once decoded to other samples than
its times refer to is flagged, whether a replay found that or another identification did.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.actor import Actor
from app.core.identity import new_id
from app.custody.events import EventType
from app.custody.history import in_order
from app.custody.service import Subject, record
from app.recordings.models import Identification
from app.transcripts.models import Replay, Transcript
from app.transcripts.replay import Outcome


def keep(
    session: Session,
    *,
    actor: Actor,
    transcript: Transcript,
    outcome: Outcome,
    derivation: Mapping[str, Any],
    job_id: str | None = None,
) -> Replay:
    """Keep what a replay showed; a job keeps one, however often its last step is repeated."""
    if job_id is not None and (made := _of_job(session, job_id)):
        return made
    row = Replay(
        id=new_id(),
        case_id=transcript.case_id,
        transcript_id=transcript.id,
        job_id=job_id,
        identical=outcome.identical,
        samples_same=outcome.samples_same,
        pcm_sha256=outcome.pcm_sha256,
        content_sha256=outcome.content_sha256,
        differences=outcome.differences,
        environment=outcome.environment,
        derivation=dict(derivation),
        replayed_by=actor.id,
        replayed_at=clock.now(),
    )
    record(
        session,
        EventType.TRANSCRIPT_REPLAY,
        subject=Subject("recording", transcript.recording_id),
        actor=actor,
        case_id=transcript.case_id,
        rows=[row],
        details={
            "transcript": transcript.id,
            "replay": row.id,
            "identical": row.identical,
            "samples_same": row.samples_same,
            "job": job_id,
        },
    )
    return row


def of(session: Session, transcript_id: str, *, as_of: int | None = None) -> Sequence[Replay]:
    """Every replay of a transcript, oldest first."""
    statement = select(Replay).where(Replay.transcript_id == transcript_id)
    return in_order(session, statement, Replay, as_of)


def samples_differ(session: Session, transcripts: Collection[Transcript]) -> frozenset[str]:
    """The identifiers of those whose original was also decoded to other samples."""
    ids = [transcript.id for transcript in transcripts]
    replayed = session.scalars(
        select(Replay.transcript_id).where(
            Replay.transcript_id.in_(ids), Replay.samples_same.is_(False)
        )
    )
    identified = session.execute(
        select(Identification.instance_id, Identification.pcm_sha256).where(
            Identification.instance_id.in_({one.instance_id for one in transcripts}),
            Identification.pcm_sha256.is_not(None),
        )
    ).all()
    return frozenset(replayed) | otherwise(transcripts, [(row[0], row[1]) for row in identified])


def otherwise(
    transcripts: Collection[Transcript], identified: Collection[tuple[str, str | None]]
) -> frozenset[str]:
    """The transcripts whose samples are not the ones that an instance was `identified` by."""
    return frozenset(
        transcript.id
        for transcript in transcripts
        if transcript.pcm_sha256 is not None
        and any(
            instance_id == transcript.instance_id and pcm not in {None, transcript.pcm_sha256}
            for instance_id, pcm in identified
        )
    )


def _of_job(session: Session, job_id: str) -> Replay | None:
    return session.scalars(select(Replay).where(Replay.job_id == job_id)).one_or_none()
