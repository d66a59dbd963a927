"""
Reading who has a stake in a comparison (`independence`) from what everybody did.

Authorship is followed to where the words came from: through corrections of corrections,
translations, placings and retries, to the version they began with. A version that somebody
copied out of the catalogue and brought in again holds the same words, so whoever wrote
those has a stake in the copy too.
"""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Account, AccountKind
from app.core import jobs
from app.core.actor import Actor, ActorKind
from app.quotes.independence import Interests, NotAPerson, Stake
from app.quotes.models import Alignment, Quote
from app.recordings import queries as recordings
from app.transcripts import queries as transcripts
from app.transcripts.models import Transcript


def interests_in(session: Session, alignment: Alignment) -> Interests:
    """Everybody with a stake in an alignment."""
    compared = {alignment.transcript_id, alignment.timed_by}  # of a translation, both layers
    written = _ancestry(
        session,
        [
            same
            for transcript_id in sorted(compared)
            for same in _same_words(session, transcripts.get(session, transcript_id))
        ],
    )
    return _interests(session, session.get_one(Quote, alignment.quote_id), written)


def known_to(session: Session, quote: Quote) -> Interests:
    """
    Everybody with a stake in a quote, whatever it is compared with: each version of what is said
    in its recording counts.
    """
    versions = transcripts.of(session, quote.recording_id) if quote.recording_id else ()
    return _interests(session, quote, versions)


def require_person(session: Session, actor: Actor) -> None:
    """Raise `NotAPerson` for a part of this service and for the account of a program."""
    account = session.get(Account, actor.id)
    is_program = account is not None and account.kind is AccountKind.API_CLIENT
    if actor.kind is ActorKind.SERVICE or is_program:
        raise NotAPerson("a program can propose, and only a person decides")


def _interests(session: Session, quote: Quote, written: Sequence[Transcript]) -> Interests:
    held = recordings.instances_of(session, quote.recording_id) if quote.recording_id else ()
    return Interests(
        {
            Stake.UPLOADER: frozenset(instance.uploaded_by for instance in held),
            Stake.AUTHOR: frozenset(item.author_id for item in written),
            Stake.REQUESTER: frozenset(filter(None, (_asked(session, one) for one in written))),
            Stake.QUOTER: frozenset({quote.quoted_by}),
        }
    )


def _same_words(session: Session, transcript: Transcript) -> list[Transcript]:
    """This version and every other of the recording with exactly its words and times."""
    return list(
        session.scalars(
            select(Transcript).where(
                Transcript.recording_id == transcript.recording_id,
                Transcript.content_sha256 == transcript.content_sha256,
            )
        )
    )


def _ancestry(session: Session, versions: list[Transcript]) -> list[Transcript]:
    """These versions and everything that they were made from, each once."""
    known: dict[str, Transcript] = {}
    waiting = list(versions)
    while waiting:
        version = waiting.pop()
        if version.id in known:
            continue
        known[version.id] = version
        if version.parent_id is not None:
            waiting.append(transcripts.get(session, version.parent_id))
    return list(known.values())


def _asked(session: Session, transcript: Transcript) -> str | None:
    """The account that asked a machine for this version, if a machine made it."""
    job = session.get(jobs.Job, transcript.job_id) if transcript.job_id else None
    return str(job.requested_by["id"]) if job else None
