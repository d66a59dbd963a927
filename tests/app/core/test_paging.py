"""Pages give every row once, whatever arrives in between."""

import base64
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Select, select

from app.accounts.models import Account, AccountKind
from app.core import clock
from app.core.database import Database
from app.core.errors import Invalid
from app.core.paging import MAX_LIMIT, page
from app.custody.models import Leaf


def account(identifier: str) -> Account:
    return Account(
        id=identifier,
        login=identifier,
        display_name="Somebody",
        kind=AccountKind.API_CLIENT,
        is_administrator=False,
        password_digest=None,
        made_at=clock.now(),
        disabled_at=None,
    )


def walk(database: Database, *, limit: int, descending: bool = False) -> list[str]:
    """Turn pages to the end."""
    found: list[str] = []
    cursor = None
    while True:
        with database.reading() as session:
            one = page(
                session,
                select(Account),
                key=Account.id,
                limit=limit,
                cursor=cursor,
                descending=descending,
            )
            found += [row.id for row in one.items]
        if one.next_cursor is None:
            return found
        assert len(one.items) == limit
        cursor = one.next_cursor


@settings(
    max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    names=st.sets(st.text("abcdefgh", min_size=1, max_size=6), max_size=23),
    limit=st.integers(1, 9),
    descending=st.booleans(),
)
def test_pages_together_are_the_whole_in_order(
    database: Database, names: set[str], limit: int, *, descending: bool
) -> None:
    with database.writing() as session:
        session.query(Account).delete()
        session.add_all(account(name) for name in names)

    assert walk(database, limit=limit, descending=descending) == sorted(names, reverse=descending)


def test_rows_that_arrive_between_two_pages_neither_repeat_nor_hide_others(
    database: Database,
) -> None:
    with database.writing() as session:
        session.add_all(account(name) for name in "bdfh")
    with database.reading() as session:
        first = page(session, select(Account), key=Account.id, limit=2)
        seen = [row.id for row in first.items]
    with database.writing() as session:
        session.add_all(account(name) for name in "ace")
    with database.reading() as session:
        rest = page(session, select(Account), key=Account.id, limit=9, cursor=first.next_cursor)

        assert seen + [row.id for row in rest.items] == ["b", "d", "e", "f", "h"]


@pytest.mark.parametrize("limit", [0, -1, MAX_LIMIT + 1])
def test_a_limit_out_of_bounds_names_its_field(database: Database, limit: int) -> None:
    with database.reading() as session, pytest.raises(Invalid) as refused:
        page(session, select(Account), key=Account.id, limit=limit)

    assert refused.value.field == "limit"


def cursor_of(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode()


@pytest.mark.parametrize(
    ("cursor", "statement", "key"),
    [
        ("", select(Account), Account.id),
        ("!", select(Account), Account.id),
        ("é", select(Account), Account.id),
        (cursor_of(["a"]), select(Account), Account.id),
        (cursor_of(7), select(Account), Account.id),
        (cursor_of("7"), select(Leaf), Leaf.log_index),
        (cursor_of(True), select(Leaf), Leaf.log_index),  # noqa: FBT003 - a cursor nobody wrote
    ],
)
def test_a_cursor_we_did_not_write_names_its_field(
    database: Database, cursor: str, statement: Select[Any], key: Any
) -> None:
    with database.reading() as session, pytest.raises(Invalid) as refused:
        page(session, statement, key=key, cursor=cursor)

    assert refused.value.field == "cursor"
