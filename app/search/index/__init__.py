"""
From a term to the pieces that have it.

Both databases keep the same thing, an inverted list without positions, and answer the same
question. Which pieces the asker may see, how rare a term is among those, and which are best is
decided outside, from whole lists: no limit is applied before the asker's cases are.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol

from sqlalchemy.orm import Session

from app.search.index.postgresql import PostgresqlTerms
from app.search.index.sqlite import SqliteTerms

Terms = tuple[int, frozenset[str]]
"""A piece's number and its terms."""


class TermIndex(Protocol):
    """An inverted list of terms."""

    def add(self, session: Session, pieces: Iterable[Terms]) -> None:
        """Put pieces in; none of them may be there."""

    def remove(self, session: Session, pieces: Iterable[Terms]) -> None:
        """Take pieces out, with the very terms they were put in with."""

    def clear(self, session: Session) -> None:
        """Take everything out."""

    def purge(self, session: Session) -> None:
        """Leave nothing in the database's files of what was taken out, as far as it can."""

    def holding(self, session: Session, terms: Sequence[str]) -> list[list[int]]:
        """For each term, the pieces that have it."""


def of(session: Session) -> TermIndex:
    """The index of this session's database."""
    return SqliteTerms() if session.get_bind().dialect.name == "sqlite" else PostgresqlTerms()
