"""Recording on a page what somebody concluded about a recording, in their own words."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from app.accounts.permissions import Permission
from app.assessments import service
from app.assessments.models import Access, Binding, Interest, Question, Stance, StatementKind
from app.assessments.statement import Statement
from app.cases.caller import Caller
from app.core.languages import UNDETERMINED
from app.http.caller import allowed
from app.http.transactions import Writing
from app.recordings import queries
from app.web.fields import lines, one_of, optional
from app.web.recordings import show
from app.web.refusals import attempted

router = APIRouter()


@router.post("/recordings/{recording_id}/assessments")
def sign(
    recording_id: str,
    request: Request,
    session: Writing,
    caller: Annotated[Caller, allowed(Permission.ASSESSMENT_WRITE)],
    question: Annotated[str, Form()] = "",
    stance: Annotated[str, Form()] = "",
    kind: Annotated[str, Form()] = "",
    wording: Annotated[str, Form()] = "",
    assessor: Annotated[str, Form()] = "",
    about: Annotated[str, Form()] = "",
    method: Annotated[str, Form()] = "",
    limitations: Annotated[str, Form()] = "",
    role: Annotated[str, Form()] = "",
    organisation: Annotated[str, Form()] = "",
    qualification: Annotated[str, Form()] = "",
    interest: Annotated[str, Form()] = Interest.UNKNOWN.value,
    access: Annotated[str, Form()] = "",
    language: Annotated[str, Form()] = UNDETERMINED,
    said: Annotated[str, Form()] = "",
    learned: Annotated[str, Form()] = "",
    translation: Annotated[str, Form()] = "",
    translation_language: Annotated[str, Form()] = "",
) -> Response:
    """Record an assessment; `about` names the bytes it is about, or nothing of the kind."""
    recording = queries.get(session, recording_id)
    caller.require(Permission.ASSESSMENT_WRITE, recording.case_id, thing="recording")

    def act() -> None:
        statement = Statement(
            question=one_of(Question, question, field="question"),
            stance=one_of(Stance, stance, field="stance"),
            kind=one_of(StatementKind, kind, field="kind"),
            wording=lines(wording),
            assessor_as_described=assessor,
            binding=Binding.EXACT_BYTES if about else Binding.DESCRIPTION_ONLY,
            instance_id=about or None,
            method=optional(method),
            limitations=optional(limitations),
            assessor_role=optional(role),
            assessor_organisation=optional(organisation),
            qualification=optional(qualification),
            interest=one_of(Interest, interest, field="interest"),
            access=one_of(Access, access, field="access") if access else None,
            language=language,
            said_edtf=optional(said),
            learned_edtf=optional(learned),
            translation=optional(lines(translation)),
            translation_language=optional(translation_language),
        )
        service.sign(session, actor=caller.actor, recording=recording, statement=statement)

    given = {
        "question": question,
        "stance": stance,
        "kind": kind,
        "wording": wording,
        "assessor": assessor,
        "about": about,
        "method": method,
        "limitations": limitations,
        "role": role,
        "organisation": organisation,
        "qualification": qualification,
        "interest": interest,
        "access": access,
        "language": language,
        "said": said,
        "learned": learned,
        "translation": translation,
        "translation_language": translation_language,
    }
    refused = attempted(session, act, form="assess", given=given)
    if refused:
        return show(request, session, caller, recording_id, refused=refused)
    return RedirectResponse(f"/recordings/{recording_id}#assess-head", status_code=303)
