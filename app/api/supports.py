"""
Acoustic support: asking an engine whether the audio bears out each word of an aligned quote.

Evidence beside an alignment: it changes no verdict. The words of a transcript stand in it, so
reading it asks for both permissions.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from app.accounts.permissions import Permission
from app.api.jobs import JobOut, address_of
from app.api.once import Once
from app.api.transcriptions import EngineIn
from app.api.wire import Id, LogIndex, UtcInstant, Wire
from app.cases.caller import Caller
from app.http.caller import allowed
from app.http.parts import PartsOf
from app.http.transactions import Reading, Writing
from app.quotes import queries, supports
from app.quotes.models import AcousticSupport, Alignment

router = APIRouter(tags=["quotes"])


class SupportOut(Wire):
    """
    What an engine's listening says of the words of an aligned quote.

    `places` has one item for each piece of each occurrence, with `support` null where it could not be
    asked about; in it each word and each seam has a state (`supported`, `contradicted` with the `named`
    alternative, `not_decidable`, or `not_calibrated`), and numbers in thousandths of a natural logarithm,
    one for each view of the place. `derivation.notice` says what it cannot show.
    """

    id: str
    case_id: str
    alignment_id: str
    job_id: str
    pcm_sha256: str
    model_sha256: str | None
    calibrated: bool
    places: list[dict[str, Any]]
    method: str
    version: str
    derivation: dict[str, Any]
    scored_by: str
    scored_at: UtcInstant
    log_index: int

    @classmethod
    def of(cls, support: AcousticSupport) -> "SupportOut":
        """Shape what was found."""
        return cls(**{name: getattr(support, name) for name in cls.model_fields})


class SupportListing(Wire):
    """Everything that was found for an alignment, oldest first."""

    items: list[SupportOut]


@router.post("/alignments/{alignment_id}/supports", status_code=202, response_model=JobOut)
def ask(
    alignment_id: Id,
    body: EngineIn,
    session: Writing,
    parts: PartsOf,
    caller: Annotated[Caller, allowed(Permission.QUOTE_WRITE)],
    once: Once,
) -> Response:
    """Ask for the places of an alignment to be listened to, word by word; the answer is the job."""
    found = _alignment(session, caller, alignment_id, Permission.QUOTE_WRITE)
    return once.answer(
        session,
        caller,
        lambda: JobOut.of(
            supports.request(
                session,
                actor=caller.actor,
                alignment=found,
                settings=parts.settings,
                engine=body.engine,
            )
        ),
        status=202,
        location=address_of,
    )


@router.get("/alignments/{alignment_id}/supports")
def supports_of(
    alignment_id: Id,
    session: Reading,
    caller: Annotated[Caller, allowed(Permission.QUOTE_READ)],
    as_of: LogIndex = None,
) -> SupportListing:
    """What was found for the words of an alignment, each time that somebody asked."""
    found = _alignment(session, caller, alignment_id, Permission.QUOTE_READ)
    return SupportListing(
        items=[SupportOut.of(one) for one in supports.of(session, found.id, as_of=as_of)]
    )


def _alignment(
    session: Session, caller: Caller, alignment_id: str, permission: Permission
) -> Alignment:
    found = queries.get_alignment(session, alignment_id)
    caller.require(permission, found.case_id, thing="alignment")
    caller.require(Permission.TRANSCRIPT_READ, found.case_id, thing="alignment")
    return found
