"""
Answers already given, so that a request sent twice is done once.

A client that lost the answer sends the same request with the same `Idempotency-Key` and
gets the first answer again. Key and answer are kept in the transaction of the change
itself: both stand or neither does. A second request that arrives while the first is under
way waits for it: SQLite has one writer, on PostgreSQL the unique key holds it back. Only
answers to requests that succeeded are kept, for a week.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.core import clock
from app.core.database import Base
from app.core.errors import Invalid

KEPT_FOR = timedelta(days=7)
LONGEST_KEY = 255


class KeyReused(Invalid):
    """This idempotency key was used before, for another request."""

    slug = "idempotency-key-reused"


class GivenAnswer(Base):
    """The answer to one request of one account, by the key that the client chose."""

    __tablename__ = "given_answer"

    account_id: Mapped[str] = mapped_column(primary_key=True, comment="whose request it was")
    key: Mapped[str] = mapped_column(primary_key=True, comment="the client's Idempotency-Key")
    request_digest: Mapped[str] = mapped_column(comment="sha256:… of what was asked")
    status: Mapped[int] = mapped_column(comment="HTTP status of the answer")
    headers: Mapped[dict[str, Any]] = mapped_column(comment="its headers that matter")
    body: Mapped[bytes] = mapped_column(comment="its body, exactly")
    made_at: Mapped[datetime] = mapped_column(comment="when it was given")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a client gets; `is_replay` when it got it before."""

    status: int
    headers: dict[str, str]
    body: bytes
    is_replay: bool = False


def once(
    session: Session,
    *,
    account_id: str,
    key: str,
    request_digest: str,
    do: Callable[[], Answer],
) -> Answer:
    """
    Do it, or give the answer that was given before.

    Raises `Invalid` for a key that is no key and `KeyReused` when it came with another
    request.
    """
    if not (0 < len(key) <= LONGEST_KEY and key.isascii() and key.isprintable()):
        raise Invalid(
            f"a key has 1 to {LONGEST_KEY} printable ASCII characters", field="Idempotency-Key"
        )
    _forget_old(session, account_id)
    row = GivenAnswer(
        account_id=account_id,
        key=key,
        request_digest=request_digest,
        status=0,
        headers={},
        body=b"",
        made_at=clock.now(),
    )
    if not _claim(session, row):
        return _given(session, row)
    answer = do()
    row.status, row.headers, row.body = answer.status, dict(answer.headers), answer.body
    session.flush()
    return answer


def _claim(session: Session, row: GivenAnswer) -> bool:
    """Take the key; waits for whoever is taking it now."""
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return False
    return True


def _given(session: Session, row: GivenAnswer) -> Answer:
    first = session.get_one(GivenAnswer, (row.account_id, row.key))
    if first.request_digest != row.request_digest:
        raise KeyReused("this key was used before, for another request", field="Idempotency-Key")
    return Answer(first.status, first.headers, first.body, is_replay=True)


def _forget_old(session: Session, account_id: str) -> None:
    session.execute(
        delete(GivenAnswer).where(
            GivenAnswer.account_id == account_id, GivenAnswer.made_at <= clock.now() - KEPT_FOR
        )
    )
