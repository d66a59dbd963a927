"""The real application over a fresh database of either kind, and people who may use it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.accounts import service as accounts
from app.accounts.models import AccountKind
from app.accounts.permissions import Permission, Role
from app.cases import service as cases
from app.core import clock
from app.core.actor import Actor, ActorKind, service
from app.core.database import Database
from app.core.identity import new_id
from app.core.settings import Settings
from app.http.parts import Parts
from app.main import build

PASSWORD = "a long enough password"
HOUSE = service("test-house")


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings of a house of its own."""
    return Settings(data_dir=tmp_path / "media", database_url=database_url)


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient]:
    """A client of the real application, on SQLite and on PostgreSQL."""
    with TestClient(build(settings)) as client:
        yield client


@pytest.fixture
def app_parts(client: TestClient) -> Parts:
    """The parts the application runs on."""
    return client.app.state.parts


@pytest.fixture
def app_database(app_parts: Parts) -> Database:
    """The database the application runs on."""
    return app_parts.database


@dataclass(frozen=True)
class Person:
    """Someone with an account, and the headers that let them in."""

    account_id: str
    login: str
    password: str | None
    headers: dict[str, str]
    actor: Actor


class People:
    """Registers accounts and opens cases through the real verbs."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def case(self, name: str = "A case") -> str:
        """Open a case and give its identifier."""
        with self.database.writing() as session:
            return cases.create_case(session, actor=HOUSE, name=name).id

    def register(
        self,
        *,
        kind: AccountKind = AccountKind.PERSON,
        is_administrator: bool = False,
        scopes: frozenset[Permission] | None = None,
        password: str = PASSWORD,
    ) -> Person:
        """Register an account that is a member of nothing."""
        login = f"login-{new_id()[-12:]}"
        given = password if kind is AccountKind.PERSON else None
        with self.database.writing() as session:
            account = accounts.register(
                session,
                actor=HOUSE,
                login=login,
                display_name="Somebody",
                password=given,
                kind=kind,
                is_administrator=is_administrator,
            )
            token, secret = accounts.issue_token(
                session,
                actor=HOUSE,
                account=account,
                name="for tests",
                expires_at=clock.now() + timedelta(hours=1),
                scopes=scopes,
            )
            actor = Actor(account.id, ActorKind.TOKEN, account.display_name, via=token.id)
            return Person(account.id, login, given, {"Authorization": f"Bearer {secret}"}, actor)

    def administrator(self) -> Person:
        """Register an administrator."""
        return self.register(is_administrator=True)

    def join(self, *roles: Role, case: str, scopes: frozenset[Permission] | None = None) -> Person:
        """Register somebody and admit them to a case."""
        kind = AccountKind.API_CLIENT if Role.API_CLIENT in roles else AccountKind.PERSON
        person = self.register(kind=kind, scopes=scopes)
        self.admit(person, *roles, case=case)
        return person

    def admit(self, person: Person, *roles: Role, case: str) -> None:
        """Admit somebody to one more case."""
        with self.database.writing() as session:
            for role in roles:
                cases.admit(
                    session, actor=HOUSE, case_id=case, account_id=person.account_id, role=role
                )


@pytest.fixture
def people(app_database: Database) -> People:
    """Whoever the test needs."""
    return People(app_database)


@pytest.fixture
def sign_up(people: People) -> Callable[[Role, str], dict[str, str]]:
    """Headers of somebody new who holds this role in this case."""

    def headers(role: Role, case: str) -> dict[str, str]:
        return people.join(role, case=case).headers

    return headers
