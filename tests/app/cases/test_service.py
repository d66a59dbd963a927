"""Who is admitted to a case follows from the newest ruling, and every ruling stays."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts import service as accounts
from app.accounts.models import AccountKind
from app.accounts.permissions import Permission, Role
from app.cases import queries, service
from app.cases.caller import Caller
from app.cases.models import Membership
from app.core.actor import Actor
from app.core.database import Database
from app.core.errors import Conflict, Forbidden, Invalid, NotFound
from app.core.identity import new_id
from app.custody.models import LogEntry

IN_CASES = [Role.INVESTIGATOR, Role.REVIEWER, Role.CUSTODIAN, Role.AUDITOR]


def client_account(session: Session, actor: Actor) -> str:
    return accounts.register(
        session,
        actor=actor,
        login=f"client-{new_id()[-12:]}",
        display_name="A client",
        kind=AccountKind.API_CLIENT,
    ).id


@settings(
    max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.lists(st.tuples(st.sampled_from(IN_CASES), st.booleans()), max_size=12))
def test_membership_is_what_the_rulings_in_order_leave(
    database: Database, investigator: Actor, rulings: list[tuple[Role, bool]]
) -> None:
    with database.writing() as session:
        case = service.create_case(session, actor=investigator, name="North").id
        account = client_account(session, investigator)
    held: set[Role] = set()
    ruled = 0
    for role, admits in rulings:
        verb = service.admit if admits else service.dismiss
        with database.writing() as session:
            if admits == (role in held):
                with pytest.raises(Conflict):
                    verb(session, actor=investigator, case_id=case, account_id=account, role=role)
                continue
            verb(session, actor=investigator, case_id=case, account_id=account, role=role)
        held ^= {role}
        ruled += 1

    with database.reading() as session:
        assert queries.roles_of(session, account).get(case, frozenset()) == held
        assert {member.role for member in queries.members_of(session, case)} == held
        kept = select(func.count()).where(Membership.account_id == account)
        assert session.scalar(kept) == ruled


def test_one_entry_per_ruling_names_whom_and_what(database: Database, investigator: Actor) -> None:
    with database.writing() as session:
        case = service.create_case(session, actor=investigator, name="North").id
        account = client_account(session, investigator)
        service.admit(
            session, actor=investigator, case_id=case, account_id=account, role=Role.API_CLIENT
        )
    with database.reading() as session:
        entries = session.scalars(select(LogEntry).where(LogEntry.case_id == case)).all()

    assert [entry.event for entry in entries] == ["case:creation", "case:membership"]
    assert account.encode() in entries[1].body
    assert b"North" not in entries[0].body, "a case's name stays within the case"


@pytest.mark.parametrize(
    ("role", "error"), [(Role.ADMINISTRATOR, Invalid), (Role.API_CLIENT, Invalid)]
)
def test_a_role_that_does_not_fit_is_refused(
    database: Database, investigator: Actor, role: Role, error: type[Exception]
) -> None:
    with database.writing() as session:
        case = service.create_case(session, actor=investigator, name="North").id
        person = accounts.first_administrator(
            session, login="olha", display_name="Olha", password="a long enough password"
        )
        with pytest.raises(error):
            service.admit(
                session, actor=investigator, case_id=case, account_id=person.id, role=role
            )


def test_cases_and_accounts_that_are_not_there_are_not_found(
    database: Database, investigator: Actor
) -> None:
    with database.writing() as session:
        case = service.create_case(session, actor=investigator, name="North").id
        account = client_account(session, investigator)
        for case_id, account_id in [("nowhere", account), (case, "nobody")]:
            with pytest.raises(NotFound):
                service.admit(
                    session,
                    actor=investigator,
                    case_id=case_id,
                    account_id=account_id,
                    role=Role.AUDITOR,
                )


class TestCaller:
    @given(
        st.frozensets(st.sampled_from(Role)),
        st.frozensets(st.sampled_from(Role)),
        st.none() | st.frozensets(st.sampled_from(Permission)),
    )
    def test_scopes_only_ever_narrow(
        self,
        house: frozenset[Role],
        in_case: frozenset[Role],
        scopes: frozenset[Permission] | None,
    ) -> None:
        who = Actor(id="a", kind="person", name="A")  # type: ignore[arg-type]
        free = Caller(who, "a", house, {"c": in_case})
        limited = Caller(who, "a", house, {"c": in_case}, scopes)
        for permission in Permission:
            for case in (None, "c", "elsewhere"):
                expected = free.may(permission, case) and (scopes is None or permission in scopes)
                assert limited.may(permission, case) == expected

    def test_a_foreign_case_does_not_exist_and_a_missing_role_is_said(
        self, investigator: Actor
    ) -> None:
        caller = Caller(investigator, "a", cases={"own": frozenset({Role.AUDITOR})})

        caller.require(Permission.RECORDING_READ, "own", thing="recording")
        with pytest.raises(Forbidden):
            caller.require(Permission.RECORDING_WRITE, "own", thing="recording")
        with pytest.raises(NotFound):
            caller.require(Permission.RECORDING_READ, "other", thing="recording")

    def test_an_administrator_reads_nothing_by_that(self, investigator: Actor) -> None:
        caller = Caller(investigator, "a", house=frozenset({Role.ADMINISTRATOR}))

        assert not any(caller.may_anywhere(each) for each in Permission if "read" in each)
