"""
Terms in PostgreSQL: a stored `tsvector` without positions under a GIN index.

Made from an array, so that no dictionary and no parser of PostgreSQL takes part. A query is a
single lexeme, which a GIN index answers without looking at the row again; a phrase (`<->`) would
read and unpack the vector of every row that has both words.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import text
from sqlalchemy.orm import Session

_ADD = text(
    "insert into search_terms(piece, terms) "
    "values (:piece, array_to_tsvector(cast(:terms as text[])))"
)
_REMOVE = text("delete from search_terms where piece = :piece")
_CLEAR = text("delete from search_terms")
_HOLDING = text(
    "select asked.place, json_agg(found.piece) "
    "from unnest(cast(:terms as text[])) with ordinality as asked(term, place) "
    "join search_terms as found on found.terms @@ cast(asked.term as tsquery) "
    "group by asked.place"
)


class PostgresqlTerms:
    """The inverted list of a PostgreSQL database; see `TermIndex`."""

    def add(self, session: Session, pieces: Iterable[tuple[int, frozenset[str]]]) -> None:
        """Put pieces in."""
        rows = [{"piece": piece, "terms": sorted(terms)} for piece, terms in pieces]
        if rows:
            session.execute(_ADD, rows)

    def remove(self, session: Session, pieces: Iterable[tuple[int, frozenset[str]]]) -> None:
        """Take pieces out."""
        rows = [{"piece": piece} for piece, _ in pieces]
        if rows:
            session.execute(_REMOVE, rows)

    def clear(self, session: Session) -> None:
        """Take everything out."""
        session.execute(_CLEAR)

    def purge(self, session: Session) -> None:
        """Nothing to be done inside a transaction: rows that are gone are overwritten by VACUUM."""

    def holding(self, session: Session, terms: Sequence[str]) -> list[list[int]]:
        """For each term, the pieces that have it; a term is one quoted lexeme."""
        found: list[list[int]] = [[] for _ in terms]
        for place, pieces in session.execute(_HOLDING, {"terms": [_lexeme(t) for t in terms]}):
            found[place - 1] = pieces
        return found


def _lexeme(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"
