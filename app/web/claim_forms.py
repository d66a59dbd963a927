"""
Recording a claim by hand: a passage, what it is about, and its value in the shape of its predicate.

A value is typed as JSON. The form begins with one that has every field of the predicate, and says
below which words each field may hold, so that nobody needs the API's reference to fill it in.
"""

import json
from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.permissions import Permission
from app.cases.caller import Caller
from app.claims import service
from app.claims.predicates import DEFINITIONS, Predicate
from app.claims.service import Assertion
from app.claims.terms import Modality, SubjectKind
from app.claims.values import json_schema
from app.core.canonical import parse
from app.core.errors import Invalid
from app.http.caller import allowed
from app.http.transactions import Reading, Writing
from app.reports import queries as reports
from app.reports.attribution.values import Force
from app.web.fields import one_of, optional
from app.web.passages import passage
from app.web.refusals import Refused, attempted
from app.web.rendering import page

router = APIRouter()
Writer = Annotated[Caller, allowed(Permission.CLAIM_WRITE)]


@router.get("/reports/{report_id}/claims/new")
def form(
    report_id: str, request: Request, session: Reading, caller: Writer, predicate: str = "date"
) -> Response:
    """An empty form for a claim of this predicate."""
    return _form(request, session, caller, report_id, predicate)


@router.post("/reports/{report_id}/claims")
def claim(
    report_id: str,
    request: Request,
    session: Writing,
    caller: Writer,
    predicate: Annotated[str, Form()] = "",
    subject_kind: Annotated[str, Form()] = "",
    subject_id: Annotated[str, Form()] = "",
    value: Annotated[str, Form()] = "",
    modality: Annotated[str, Form()] = "",
    said_by: Annotated[str, Form()] = "",
    force: Annotated[str, Form()] = "",
    exact: Annotated[str, Form()] = "",
    start: Annotated[str, Form()] = "",
) -> Response:
    """Record a claim on the newest text of the report, or show the form with what is wrong."""
    report = reports.get(session, report_id)
    caller.require(Permission.CLAIM_WRITE, report.case_id, thing="report")

    def act() -> None:
        snapshot = reports.newest_snapshot_of(session, report_id)
        if snapshot is None:
            raise Invalid("no text of this report is held", field="exact")
        service.claim(
            session,
            actor=caller.actor,
            snapshot=snapshot,
            passage=passage(snapshot.text, exact, start),
            assertion=Assertion(
                subject_kind=one_of(SubjectKind, subject_kind, field="subject_kind"),
                subject_id=subject_id.strip(),
                predicate=one_of(Predicate, predicate, field="predicate"),
                value=parse(value),
                modality=one_of(Modality, modality, field="modality"),
                said_by_as_described=optional(said_by),
                force=one_of(Force, force, field="force") if force else None,
            ),
        )

    given = {
        "subject_kind": subject_kind,
        "subject_id": subject_id,
        "value": value,
        "modality": modality,
        "said_by": said_by,
        "force": force,
        "exact": exact,
        "start": start,
    }
    refused = attempted(session, act, form="claim", given=given)
    if refused:
        return _form(request, session, caller, report_id, predicate, refused=refused)
    return RedirectResponse(f"/reports/{report_id}", status_code=303)


def _form(
    request: Request,
    session: Session,
    caller: Caller,
    report_id: str,
    predicate: str,
    *,
    refused: Refused | None = None,
) -> Response:
    report = reports.get(session, report_id)
    caller.require(Permission.CLAIM_WRITE, report.case_id, thing="report")
    chosen = DEFINITIONS[one_of(Predicate, predicate, field="predicate")]
    schema = json_schema(chosen.value)
    return page(
        request,
        "claim_new.html",
        caller=caller,
        section="Reports",
        status=refused.status if refused else 200,
        refused=refused,
        report=report,
        snapshot=reports.newest_snapshot_of(session, report_id)
        if caller.may(Permission.REPORT_READ, report.case_id)
        else None,
        chosen=chosen,
        definitions=list(DEFINITIONS.values()),
        subjects=list(chosen.subjects),
        beginning=json.dumps(example(schema, schema), indent=1, ensure_ascii=False),
        words=sorted({*words_of(schema, schema, "")}),
        modalities=list(Modality),
        forces=list(Force),
    )


def example(schema: dict[str, Any], whole: dict[str, Any]) -> Any:  # noqa: PLR0911 - one line for each kind
    """A value with every field of a JSON Schema: the first word of a list, nothing where allowed."""
    here = _resolved(schema, whole)
    if "anyOf" in here:
        return None if {"type": "null"} in here["anyOf"] else example(here["anyOf"][0], whole)
    if "default" in here:
        return here["default"]
    if "enum" in here:
        return here["enum"][0]
    match here.get("type"):
        case "object":
            return {name: example(each, whole) for name, each in here["properties"].items()}
        case "array":
            return [example(here["items"], whole)]
        case "integer":
            return 0
        case "boolean":
            return False
        case _:
            return ""


def words_of(
    schema: dict[str, Any], whole: dict[str, Any], path: str
) -> Iterator[tuple[str, str]]:
    """Each field that takes a word of a closed list, by its path, with the words."""
    here = _resolved(schema, whole)
    if "enum" in here:
        yield path, ", ".join(here["enum"])
    for each in here.get("anyOf", ()):
        yield from words_of(each, whole, path)
    for name, each in here.get("properties", {}).items():
        yield from words_of(each, whole, f"{path}.{name}".lstrip("."))
    if "items" in here:
        yield from words_of(here["items"], whole, f"{path}[]")


def _resolved(schema: dict[str, Any], whole: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in schema:
        return schema
    found: dict[str, Any] = whole["$defs"][schema["$ref"].rsplit("/", 1)[1]]
    return {**found, **{name: each for name, each in schema.items() if name == "default"}}
