"""Each verb on accounts does one thing, says so in one entry, and keeps no secret."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts import queries, service
from app.accounts.models import Account, AccountKind, AccountSession
from app.accounts.permissions import Permission
from app.core import clock
from app.core.actor import Actor
from app.core.canonical import parse
from app.core.database import Database
from app.core.errors import Conflict, Invalid, Unauthenticated
from app.custody.models import LogEntry
from tests.conftest import FrozenClock

PASSWORD = "a long enough password"
HOUR = timedelta(hours=1)


def register(session: Session, actor: Actor, login: str = "inna") -> Account:
    return service.register(
        session, actor=actor, login=login, display_name="Inna", password=PASSWORD
    )


def events(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(LogEntry.event).order_by(LogEntry.log_index)))


def test_every_verb_leaves_exactly_one_entry(database: Database, investigator: Actor) -> None:
    def issue(session: Session, account: Account) -> None:
        service.issue_token(
            session,
            actor=investigator,
            account=account,
            name="script",
            expires_at=clock.now() + HOUR,
        )

    def revoke(session: Session, account: Account) -> None:
        token = queries.tokens_of(session, account.id)[0]
        service.revoke_token(session, actor=investigator, token=token)

    def come_and_go(session: Session, account: Account) -> None:
        entered = service.sign_in(session, account_id=account.id, lifetime=HOUR)
        service.sign_out(session, actor=investigator, secret=entered.secret)

    def change(session: Session, account: Account) -> None:
        service.change_password(
            session, actor=investigator, account=account, password=PASSWORD * 2
        )

    def disable(session: Session, account: Account) -> None:
        service.disable(session, actor=investigator, account=account)

    with database.writing() as session:
        identifier = register(session, investigator).id
    verbs: list[Callable[[Session, Account], None]] = [
        issue,
        revoke,
        come_and_go,
        change,
        disable,
    ]
    for verb in verbs:
        with database.writing() as session:
            verb(session, queries.get(session, identifier))

    assert events(database) == [
        "account:creation",
        "token:issue",
        "token:revocation",
        "account:sign-in",
        "account:sign-out",
        "account:password-change",
        "account:disabling",
    ]


def test_there_is_one_first_administrator(database: Database) -> None:
    with database.writing() as session:
        first = service.first_administrator(
            session, login="Olha", display_name="Olha", password=PASSWORD
        )
        assert (first.login, first.is_administrator) == ("olha", True)

    with database.writing() as session, pytest.raises(service.AlreadyAdministered):
        service.first_administrator(
            session, login="petro", display_name="Petro", password=PASSWORD
        )


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"login": "a"}, "login"),
        ({"login": "with space"}, "login"),
        ({"login": "ім'я"}, "login"),
        ({"display_name": " "}, "display_name"),
        ({"display_name": "a\x00b"}, "display_name"),
        ({"password": "short"}, "password"),
        ({"password": None}, "password"),
        ({"kind": AccountKind.API_CLIENT}, "password"),
        (
            {"kind": AccountKind.API_CLIENT, "password": None, "is_administrator": True},
            "is_administrator",
        ),
    ],
)
def test_an_account_that_cannot_be_names_the_field(
    database: Database, investigator: Actor, given: dict, field: str
) -> None:
    whole = {"login": "inna", "display_name": "Inna", "password": PASSWORD} | given
    with database.writing() as session, pytest.raises(Invalid) as refused:
        service.register(session, actor=investigator, **whole)

    assert refused.value.field == field


def test_a_login_is_taken_in_any_case(database: Database, investigator: Actor) -> None:
    with database.writing() as session:
        register(session, investigator)
        with pytest.raises(service.LoginTaken):
            register(session, investigator, login=" INNA ")


def test_every_failure_to_sign_in_reads_the_same(database: Database, investigator: Actor) -> None:
    with database.writing() as session:
        register(session, investigator)
        gone = register(session, investigator, login="gone")
        service.disable(session, actor=investigator, account=gone)
        service.register(
            session,
            actor=investigator,
            login="program",
            display_name="Program",
            kind=AccountKind.API_CLIENT,
        )
    said = set()
    for login, password in [
        ("inna", "another password"),
        ("nobody", PASSWORD),
        ("gone", PASSWORD),
        ("program", PASSWORD),
        ("", PASSWORD),
    ]:
        with database.reading() as session, pytest.raises(Unauthenticated) as refused:
            service.authenticate(session, login=login, password=password)
        said.add(refused.value.message)

    assert len(said) == 1


def test_a_new_password_ends_every_session_and_the_old_password(
    database: Database, investigator: Actor
) -> None:
    with database.writing() as session:
        account = register(session, investigator)
        entered = service.sign_in(session, account_id=account.id, lifetime=HOUR)
        service.change_password(
            session, actor=investigator, account=account, password="quite another one"
        )

    with database.reading() as session:
        with pytest.raises(Unauthenticated):
            queries.admitted_by_session(session, entered.secret)
        with pytest.raises(Unauthenticated):
            service.authenticate(session, login="inna", password=PASSWORD)
        assert service.authenticate(session, login="inna", password="quite another one")


def test_sessions_that_are_over_are_swept_at_the_next_sign_in(
    database: Database, investigator: Actor, frozen_clock: FrozenClock
) -> None:
    with database.writing() as session:
        account = register(session, investigator)
        for _ in range(3):
            service.sign_in(session, account_id=account.id, lifetime=HOUR)
        frozen_clock.advance(hours=1)
        service.sign_in(session, account_id=account.id, lifetime=HOUR)

        assert session.scalar(select(func.count()).select_from(AccountSession)) == 1


@pytest.mark.parametrize("ahead", [timedelta(0), timedelta(days=-1), timedelta(days=367)])
def test_a_token_expires_ahead_and_within_a_year(
    database: Database, investigator: Actor, ahead: timedelta
) -> None:
    with database.writing() as session:
        account = register(session, investigator)
        with pytest.raises(Invalid) as refused:
            service.issue_token(
                session,
                actor=investigator,
                account=account,
                name="script",
                expires_at=clock.now() + ahead,
            )

    assert refused.value.field == "expires_at"


def test_what_was_ended_is_not_ended_again(database: Database, investigator: Actor) -> None:
    with database.writing() as session:
        account = register(session, investigator)
        token, _ = service.issue_token(
            session,
            actor=investigator,
            account=account,
            name="script",
            expires_at=clock.now() + HOUR,
            scopes=frozenset({Permission.CASE_READ}),
        )
        service.revoke_token(session, actor=investigator, token=token)
        service.disable(session, actor=investigator, account=account)
        with pytest.raises(Conflict):
            service.revoke_token(session, actor=investigator, token=token)
        with pytest.raises(Conflict):
            service.disable(session, actor=investigator, account=account)


def test_nobody_disables_themselves(database: Database) -> None:
    with database.writing() as session:
        first = service.first_administrator(
            session, login="olha", display_name="Olha", password=PASSWORD
        )
        with pytest.raises(Conflict):
            own = Actor(id=first.id, kind=first.kind, name="Olha")  # type: ignore[arg-type]
            service.disable(session, actor=own, account=first)


def test_the_log_names_sessions_and_tokens_and_holds_no_secret(
    database: Database, investigator: Actor
) -> None:
    with database.writing() as session:
        account = register(session, investigator)
        entered = service.sign_in(session, account_id=account.id, lifetime=HOUR)
        token, secret = service.issue_token(
            session,
            actor=investigator,
            account=account,
            name="script",
            expires_at=clock.now() + HOUR,
        )
    with database.reading() as session:
        bodies = session.scalars(select(LogEntry.body).order_by(LogEntry.log_index)).all()

    whole = b"".join(bodies)
    for hidden in (
        PASSWORD,
        entered.secret,
        secret,
        secret.split("_")[2],
        account.password_digest,
    ):
        assert str(hidden).encode() not in whole
    assert [parse(body)["details"].get("session") for body in bodies[1:2]] == [entered.session_id]  # type: ignore[index,union-attr,call-overload]
    assert parse(bodies[2])["details"]["token"] == token.id  # type: ignore[index,call-overload]
    assert secret not in repr(entered)
