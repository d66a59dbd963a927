"""Opening cases, and ruling on who needs to know."""

from sqlalchemy.orm import Session

from app.accounts import queries as accounts
from app.accounts.models import AccountKind
from app.accounts.permissions import Role
from app.cases import queries
from app.cases.models import Case, ListeningRule, Membership
from app.core import clock
from app.core.actor import Actor
from app.core.errors import Conflict, Invalid
from app.core.identity import new_id
from app.core.plaintext import line, optional_prose
from app.custody.events import EventType
from app.custody.service import Subject, record


def create_case(
    session: Session, *, actor: Actor, name: str, description: str | None = None
) -> Case:
    """Open a case. Who opens it is not a member of it by that."""
    case = Case(
        id=new_id(),
        name=line(name, field="name"),
        description=optional_prose(description, field="description"),
        made_at=clock.now(),
    )
    record(
        session,
        EventType.CASE_CREATION,
        subject=Subject("case", case.id),
        actor=actor,
        case_id=case.id,
        rows=[case],
    )
    return case


def admit(
    session: Session, *, actor: Actor, case_id: str, account_id: str, role: Role
) -> Membership:
    """
    Give an account a role in a case.

    Raises `NotFound` for an unknown case or account, `Invalid` for a role that is not held
    in cases or does not fit the account, `Conflict` if it is held already.
    """
    queries.get(session, case_id)
    account = accounts.get(session, account_id)
    if role is Role.ADMINISTRATOR:
        raise Invalid("administrators run the house; the role is not held in a case", field="role")
    if (role is Role.API_CLIENT) and account.kind is not AccountKind.API_CLIENT:
        raise Invalid("this role is for accounts of API clients", field="role")
    if account.disabled_at is not None:
        raise Conflict("this account was disabled")
    if role in queries.roles_of(session, account_id).get(case_id, frozenset()):
        raise Conflict("they hold this role already")
    return _rule(
        session, actor=actor, case_id=case_id, account_id=account_id, role=role, granted=True
    )


def dismiss(
    session: Session, *, actor: Actor, case_id: str, account_id: str, role: Role
) -> Membership:
    """Take a role in a case from an account; `Conflict` if it does not hold it."""
    queries.get(session, case_id)
    if role not in queries.roles_of(session, account_id).get(case_id, frozenset()):
        raise Conflict("they do not hold this role")
    return _rule(
        session, actor=actor, case_id=case_id, account_id=account_id, role=role, granted=False
    )


def rule_on_listening(
    session: Session, *, actor: Actor, case_id: str, demanded: bool
) -> ListeningRule:
    """Say whether reviewers of a case listen before they read; `Conflict` if it is so already."""
    queries.get(session, case_id)
    if (case_id in queries.demanding(session, [case_id])) == demanded:
        raise Conflict("it is so already")
    ruling = ListeningRule(id=new_id(), case_id=case_id, demanded=demanded, ruled_at=clock.now())
    record(
        session,
        EventType.CASE_LISTENING_RULE,
        subject=Subject("case", case_id),
        actor=actor,
        case_id=case_id,
        rows=[ruling],
        details={"demanded": demanded},
    )
    return ruling


def _rule(
    session: Session, *, actor: Actor, case_id: str, account_id: str, role: Role, granted: bool
) -> Membership:
    ruling = Membership(
        id=new_id(),
        case_id=case_id,
        account_id=account_id,
        role=role,
        granted=granted,
        made_at=clock.now(),
    )
    record(
        session,
        EventType.CASE_MEMBERSHIP,
        subject=Subject("case", case_id),
        actor=actor,
        case_id=case_id,
        rows=[ruling],
        details={"account": account_id, "role": str(role), "granted": granted},
    )
    return ruling
