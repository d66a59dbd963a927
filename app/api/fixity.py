"""Fixity on request: a custodian or auditor has the bytes of one arrival hashed again."""

from typing import Annotated

from fastapi import APIRouter, Response

from app.accounts.permissions import Permission
from app.api.instances import instance_for
from app.api.jobs import JobOut, address_of
from app.api.once import Once
from app.cases.caller import Caller
from app.core import jobs
from app.custody import jobs as custody_jobs
from app.http.caller import allowed
from app.http.transactions import Writing

router = APIRouter(prefix="/recordings/{recording_id}/media-instances", tags=["media"])
Verifier = Annotated[Caller, allowed(Permission.CUSTODY_VERIFY)]


@router.post("/{instance_id}/fixity-checks", status_code=202, response_model=JobOut)
def check(
    recording_id: str, instance_id: str, session: Writing, caller: Verifier, once: Once
) -> Response:
    """Ask for a fixity check; the answer is the job, whose outcome goes into the custody log."""
    instance = instance_for(session, caller, recording_id, instance_id, Permission.CUSTODY_VERIFY)
    return once.answer(
        session,
        caller,
        lambda: JobOut.of(
            custody_jobs.request(
                session,
                kind=jobs.JobKind.FIXITY,
                subject_kind="media_instance",
                subject_id=instance.id,
                case_id=instance.case_id,
                params={},
                actor=caller.actor,
            )
        ),
        status=202,
        location=address_of,
    )
