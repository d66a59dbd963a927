"""Sealed rows outlive columns that their tables get later."""

from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app.custody.models import LATER, Sealed


class Apart(DeclarativeBase):
    """Tables of this module alone, so that no schema has them."""


class Before(Sealed, Apart):
    """A table as it was when its first row was sealed."""

    __tablename__ = "before"
    id: Mapped[str] = mapped_column(primary_key=True)
    note: Mapped[str | None] = mapped_column()


class After(Sealed, Apart):
    """The same table with a column more."""

    __tablename__ = "after"
    id: Mapped[str] = mapped_column(primary_key=True)
    note: Mapped[str | None] = mapped_column()
    access: Mapped[str | None] = mapped_column(info=LATER)


def test_a_row_from_before_a_column_keeps_its_digest() -> None:
    assert After(id="1", note=None).seal() == Before(id="1", note=None).seal()


def test_a_value_put_into_a_later_column_or_taken_away_changes_the_digest() -> None:
    bare, filled = After(id="1", note="x"), After(id="1", note="x", access="")

    assert filled.seal() != bare.seal()
    assert filled.sealed_value() == {"id": "1", "note": "x", "access": ""}


def test_a_column_that_was_always_there_is_sealed_also_when_it_is_null() -> None:
    assert Before(id="1", note=None).sealed_value() == {"id": "1", "note": None}
