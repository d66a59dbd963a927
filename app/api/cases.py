"""
Cases and their members.

Administrators open cases and rule on membership without becoming members by that: they see
a case's name and members, and nothing in it.
"""

from collections.abc import Collection
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Request, Response

from app.accounts.permissions import Permission, Role
from app.api.once import Once
from app.api.wire import (
    FIRST,
    Cursor,
    Id,
    Limit,
    Listing,
    Spelled,
    UtcInstant,
    Wire,
    listing,
)
from app.cases import queries, service
from app.cases.caller import Caller
from app.cases.models import Case, ListeningRule, Membership
from app.cases.queries import Member
from app.http.caller import allowed
from app.http.transactions import Reading, Writing

router = APIRouter(prefix="/cases", tags=["cases"])
Seeing = Annotated[Caller, allowed(Permission.CASE_READ, Permission.CASE_ADMINISTER)]
Administering = Annotated[Caller, allowed(Permission.CASE_ADMINISTER)]


class CaseIn(Wire):
    """A case to be opened."""

    name: str
    description: str | None = None


class CaseOut(Wire):
    """A case; `listening_demanded`: its reviewers listen before they read."""

    id: str
    name: str
    description: str | None
    made_at: UtcInstant
    log_index: int
    listening_demanded: bool

    @classmethod
    def of(cls, case: Case, *, demanding: Collection[str]) -> "CaseOut":
        """Shape a case; `demanding` are those in which reviewers listen first."""
        return cls(
            id=case.id,
            name=case.name,
            description=case.description,
            made_at=case.made_at,
            log_index=case.log_index,
            listening_demanded=case.id in demanding,
        )


class MemberIn(Wire):
    """Who is to be admitted as what."""

    account_id: str
    role: Spelled[Role]


class MembershipOut(Wire):
    """A ruling on membership."""

    id: str
    case_id: str
    account_id: str
    role: Role
    granted: bool
    made_at: UtcInstant
    log_index: int

    @classmethod
    def of(cls, ruling: Membership) -> "MembershipOut":
        """Shape a ruling."""
        return cls(
            id=ruling.id,
            case_id=ruling.case_id,
            account_id=ruling.account_id,
            role=ruling.role,
            granted=ruling.granted,
            made_at=ruling.made_at,
            log_index=ruling.log_index,
        )


class ListeningRuleIn(Wire):
    """Whether reviewers of the case are to listen to a quote's place before they read its words."""

    demanded: bool


class ListeningRuleOut(ListeningRuleIn):
    """The ruling that stands."""

    id: str
    case_id: str
    ruled_at: UtcInstant
    log_index: int

    @classmethod
    def of(cls, ruling: ListeningRule) -> "ListeningRuleOut":
        """Shape a ruling."""
        return cls(**{name: getattr(ruling, name) for name in cls.model_fields})


class MemberOut(Wire):
    """A role somebody holds in the case now."""

    account_id: str
    display_name: str
    role: Role
    log_index: int

    @classmethod
    def of(cls, member: Member) -> "MemberOut":
        """Shape a member."""
        return cls(
            account_id=member.account_id,
            display_name=member.display_name,
            role=member.role,
            log_index=member.log_index,
        )


class MemberListing(Wire):
    """Everybody admitted to a case."""

    items: list[MemberOut]


@router.post("", status_code=201, response_model=CaseOut)
def create(
    body: CaseIn,
    session: Writing,
    caller: Annotated[Caller, allowed(Permission.CASE_CREATE)],
    once: Once,
) -> Response:
    """Open a case."""
    caller.require(Permission.CASE_CREATE, None, thing="case")
    return once.answer(
        session,
        caller,
        lambda: CaseOut.of(
            service.create_case(
                session, actor=caller.actor, name=body.name, description=body.description
            ),
            demanding=(),
        ),
        location=lambda made: f"/api/v1/cases/{made.id}",
    )


@router.get("")
def cases(
    request: Request,
    response: Response,
    session: Reading,
    caller: Seeing,
    limit: Limit = FIRST,
    cursor: Cursor = None,
) -> Listing[CaseOut]:
    """List one's own cases, or, for an administrator, every case."""
    everything = caller.may(Permission.CASE_ADMINISTER)
    ids = None if everything else caller.cases_with(Permission.CASE_READ)
    page = queries.listed(session, case_ids=ids, limit=limit, cursor=cursor)
    demanding = queries.demanding(session, [case.id for case in page.items])
    shaped = partial(CaseOut.of, demanding=demanding)
    return listing(request, response, page, of=shaped)


@router.get("/{case_id}")
def case(case_id: Id, session: Reading, caller: Seeing) -> CaseOut:
    """Show a case."""
    _require_seeing(caller, case_id)
    found = queries.get(session, case_id)
    return CaseOut.of(found, demanding=queries.demanding(session, [found.id]))


@router.get("/{case_id}/members")
def members(case_id: Id, session: Reading, caller: Seeing) -> MemberListing:
    """List who is admitted to a case now."""
    _require_seeing(caller, case_id)
    queries.get(session, case_id)
    found = queries.members_of(session, case_id)
    return MemberListing(items=[MemberOut.of(member) for member in found])


@router.post("/{case_id}/members", status_code=201, response_model=MembershipOut)
def admit(
    case_id: Id, body: MemberIn, session: Writing, caller: Administering, once: Once
) -> Response:
    """Admit an account to a case in a role."""
    caller.require(Permission.CASE_ADMINISTER, None, thing="case")
    return once.answer(
        session,
        caller,
        lambda: MembershipOut.of(
            service.admit(
                session,
                actor=caller.actor,
                case_id=case_id,
                account_id=body.account_id,
                role=body.role,
            )
        ),
    )


@router.delete("/{case_id}/members/{account_id}/{role}")
def dismiss(
    case_id: Id, account_id: Id, role: Role, session: Writing, caller: Administering
) -> MembershipOut:
    """Take a role in a case from an account; that it held it stays on record."""
    caller.require(Permission.CASE_ADMINISTER, None, thing="case")
    return MembershipOut.of(
        service.dismiss(
            session, actor=caller.actor, case_id=case_id, account_id=account_id, role=role
        )
    )


@router.post("/{case_id}/listening-rules", status_code=201, response_model=ListeningRuleOut)
def rule_on_listening(
    case_id: Id, body: ListeningRuleIn, session: Writing, caller: Administering, once: Once
) -> Response:
    """
    Demand that reviewers of a case listen before they read, or demand it no more.

    Where it is demanded, the case's words are closed to a reviewer while a quote with a place in
    the sound waits for them, and nobody confirms a quote that they have not listened to.
    """
    caller.require(Permission.CASE_ADMINISTER, None, thing="case")
    return once.answer(
        session,
        caller,
        lambda: ListeningRuleOut.of(
            service.rule_on_listening(
                session, actor=caller.actor, case_id=case_id, demanded=body.demanded
            )
        ),
    )


def _require_seeing(caller: Caller, case_id: str) -> None:
    if not caller.may(Permission.CASE_ADMINISTER):
        caller.require(Permission.CASE_READ, case_id, thing="case")
