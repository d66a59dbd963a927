"""Being remembered lets nobody in who would not be let in anew."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event, update
from sqlalchemy.orm import Session

from app.accounts import queries, service
from app.accounts.models import Token
from app.accounts.permissions import Role
from app.cases import service as cases
from app.core import clock
from app.core.database import Database
from app.http import admissions
from app.http.parts import Parts
from tests.app.conftest import HOUSE, People, Person
from tests.conftest import FrozenClock

Change = Callable[[Session, Person, str], object]


def status(client: TestClient, person: Person, case: str) -> int:
    return client.get(f"/api/v1/cases/{case}", headers=person.headers).status_code


def revoked(session: Session, person: Person, case: str) -> None:
    token = queries.tokens_of(session, person.account_id)[0]
    service.revoke_token(session, actor=HOUSE, token=token)


def disabled(session: Session, person: Person, case: str) -> None:
    service.disable(session, actor=HOUSE, account=queries.get(session, person.account_id))


def dismissed(session: Session, person: Person, case: str) -> None:
    cases.dismiss(
        session,
        actor=HOUSE,
        case_id=case,
        account_id=person.account_id,
        role=Role.INVESTIGATOR,
    )


@pytest.mark.parametrize(
    ("change", "expected"), [(revoked, 401), (disabled, 401), (dismissed, 403)]
)
def test_whoever_loses_a_right_is_refused_at_once_though_remembered(
    client: TestClient, people: People, app_database: Database, change: Change, expected: int
) -> None:
    case = people.case()
    person = people.join(Role.INVESTIGATOR, case=case)
    assert [status(client, person, case) for _ in range(3)] == [200, 200, 200]

    with app_database.writing() as session:
        change(session, person, case)

    assert [status(client, person, case) for _ in range(2)] == [expected, expected]


def test_whoever_is_admitted_gets_in_at_once(client: TestClient, people: People) -> None:
    case, other = people.case(), people.case("Another")
    person = people.join(Role.INVESTIGATOR, case=case)
    assert status(client, person, other) == 404

    people.admit(person, Role.REVIEWER, case=other)

    assert status(client, person, other) == 200


def test_a_token_that_is_remembered_still_expires(
    frozen_clock: FrozenClock, client: TestClient, people: People
) -> None:
    case = people.case()
    person = people.join(Role.INVESTIGATOR, case=case)
    assert [status(client, person, case) for _ in range(2)] == [200, 200]

    frozen_clock.advance(hours=2)

    assert status(client, person, case) == 401


def test_rows_changed_by_hand_are_obeyed_before_long(
    client: TestClient, people: People, app_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = people.case()
    person = people.join(Role.INVESTIGATOR, case=case)
    assert status(client, person, case) == 200
    with app_database.writing() as session:
        session.execute(update(Token).values(revoked_at=clock.now()))

    monkeypatch.setattr(admissions, "BELIEVED_S", 0.0)

    assert status(client, person, case) == 401


def test_whoever_is_remembered_is_not_looked_up_again(
    client: TestClient, people: People, app_parts: Parts
) -> None:
    case = people.case()
    person = people.join(Role.INVESTIGATOR, case=case)
    asked: list[str] = []
    event.listen(
        app_parts.database.engine,
        "before_cursor_execute",
        lambda *arguments: asked.append(str(arguments[2])),
    )

    for _ in range(3):
        status(client, person, case)

    assert len([statement for statement in asked if "FROM account" in statement]) == 1
