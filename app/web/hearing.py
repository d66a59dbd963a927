"""What a page says of a version beside its words: what it was made from, and how it replays."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.transcripts import queries, replays
from app.transcripts.models import Replay, Transcript, TranscriptKind
from app.transcripts.replay import sentences
from transcription.transcript import Flag
from transcription.transcript import Transcript as Content


@dataclass(frozen=True, slots=True)
class Replayed:
    """A replay, and what it says in sentences."""

    row: Replay
    told: Sequence[str]


@dataclass(frozen=True, slots=True)
class Hearing:
    """
    The shown version as a hearing.

    `relation` says what it is to `parent`: a translation, a retry, a correction. The last
    three are what may be asked of it.
    """

    parent: Transcript | None
    relation: str | None
    channel: int | None
    replayed: Replayed | None
    samples_differ: bool
    may_translate: bool
    may_retry: bool
    may_replay: bool


def hearing(session: Session, shown: Transcript, content: Content) -> Hearing:
    """Read it."""
    parent = queries.get(session, shown.parent_id) if shown.parent_id else None
    done = replays.of(session, shown.id)
    looped = any(Flag.REPETITION in segment.flags for segment in content.segments)
    return Hearing(
        parent=parent,
        relation=_relation(shown) if parent else None,
        channel=shown.channel,
        replayed=Replayed(done[-1], sentences(done[-1], recorded_pcm=str(shown.pcm_sha256)))
        if done
        else None,
        samples_differ=shown.id in replays.samples_differ(session, [shown]),
        may_translate=shown.instance_id is not None
        and shown.kind is not TranscriptKind.TRANSLATION
        and shown.language != "en",
        may_retry=shown.made_here and looped,
        may_replay=shown.made_here,
    )


def _relation(shown: Transcript) -> str:
    if shown.kind is TranscriptKind.CORRECTION:
        return "correction"
    stated = ((shown.derivation or {}).get("parent") or {}).get("relation")
    return str(stated or shown.kind)
