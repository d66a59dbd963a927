"""Reading cases, and who is admitted to which."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.accounts.permissions import Permission, Role
from app.cases.caller import Caller
from app.cases.models import Case, ListeningRule, Membership
from app.core.actor import Actor
from app.core.lookup import found
from app.core.paging import Page, page


@dataclass(frozen=True, slots=True)
class Member:
    """One role that one account holds in a case, and the entry that granted it."""

    account_id: str
    display_name: str
    role: Role
    log_index: int


def get(session: Session, case_id: str) -> Case:
    """The case; `NotFound` if there is none."""
    return found(session.get(Case, case_id), "case")


def listed(
    session: Session, *, case_ids: Collection[str] | None, limit: int, cursor: str | None
) -> Page[Case]:
    """These cases, or, for `None`, every one, in the order they were opened."""
    statement = select(Case)
    if case_ids is not None:
        statement = statement.where(Case.id.in_(case_ids))
    return page(session, statement, key=Case.id, limit=limit, cursor=cursor)


def members_of(session: Session, case_id: str) -> list[Member]:
    """Who is admitted to a case now, in the order in which they were."""
    rulings = session.execute(
        select(Membership, Account.display_name)
        .join(Account, Account.id == Membership.account_id)
        .where(Membership.case_id == case_id)
        .order_by(Membership.log_index)
    )
    newest = {(ruling.account_id, ruling.role): (ruling, name) for ruling, name in rulings}
    standing = [
        Member(ruling.account_id, name, ruling.role, ruling.log_index)
        for ruling, name in newest.values()
        if ruling.granted
    ]
    return sorted(standing, key=lambda member: member.log_index)


def roles_of(session: Session, account_id: str) -> dict[str, frozenset[Role]]:
    """The roles an account holds now, by case; cases without any are left out."""
    rulings = session.scalars(
        select(Membership)
        .where(Membership.account_id == account_id)
        .order_by(Membership.log_index)
    )
    newest = {(ruling.case_id, ruling.role): ruling.granted for ruling in rulings}
    held: dict[str, frozenset[Role]] = {}
    for (case_id, role), granted in newest.items():
        if granted:
            held[case_id] = held.get(case_id, frozenset()) | {role}
    return held


def demanding(session: Session, case_ids: Collection[str]) -> frozenset[str]:
    """Those of these cases in which reviewers listen before they read."""
    if not case_ids:
        return frozenset()
    rulings = session.execute(
        select(ListeningRule.case_id, ListeningRule.demanded)
        .where(ListeningRule.case_id.in_(sorted(case_ids)))
        .order_by(ListeningRule.log_index)
    )
    newest = {case_id: demanded for case_id, demanded in rulings}  # noqa: C416 - rows are no pairs
    return frozenset(case_id for case_id, demanded in newest.items() if demanded)


def caller_of(
    session: Session,
    *,
    account_id: str,
    actor: Actor,
    house: frozenset[Role],
    scopes: frozenset[Permission] | None = None,
) -> Caller:
    """What this account may do in every case, as of now."""
    return Caller(
        actor=actor,
        account_id=account_id,
        house=house,
        cases=roles_of(session, account_id),
        scopes=scopes,
    )
