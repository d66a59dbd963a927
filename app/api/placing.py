"""Asking for the words of a transcript without times to be found in its recording."""

from typing import Annotated

from fastapi import APIRouter, Response

from app.accounts.permissions import Permission
from app.api.jobs import JobOut, address_of
from app.api.once import Once
from app.api.transcriptions import EngineIn
from app.api.wire import Id
from app.cases.caller import Caller
from app.http.caller import allowed
from app.http.transactions import Writing
from app.transcripts import placing, queries

router = APIRouter(tags=["transcripts"])


@router.post("/transcripts/{transcript_id}/placements", status_code=202, response_model=JobOut)
def place(
    transcript_id: Id,
    session: Writing,
    caller: Annotated[Caller, allowed(Permission.TRANSCRIPT_WRITE)],
    once: Once,
    body: EngineIn | None = None,
) -> Response:
    """
    Find when the words are said; the answer is the job, which keeps them as a child with times.

    It assumes that the text is what is said, and does not show that it is. With a Whisper `engine` its
    attention times the words; without, the worker chooses, and `derivation.times` of the child says how.
    """
    engine = body.engine if body else None
    transcript = queries.get(session, transcript_id)
    caller.require(Permission.TRANSCRIPT_WRITE, transcript.case_id, thing="transcript")
    return once.answer(
        session,
        caller,
        lambda: JobOut.of(
            placing.request(session, actor=caller.actor, transcript=transcript, engine=engine)
        ),
        status=202,
        location=address_of,
    )
