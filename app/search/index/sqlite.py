"""
Terms in SQLite: an FTS5 table that keeps neither text nor positions (`content=''`, `detail=none`).

Words come in folded, so the tokenizer has nothing to do but part them at spaces: `ascii` takes
every character beyond ASCII for a letter, whatever Unicode the library knows. A contentless table
takes a row out when it is given the row's text again; that is the same in every release of
SQLite, which its newer option for this is not (3.43).
"""

import json
from collections.abc import Iterable, Sequence

from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session

_ADD = text("insert into search_terms(rowid, terms) values (:piece, :terms)")
_REMOVE = text(
    "insert into search_terms(search_terms, rowid, terms) values ('delete', :piece, :terms)"
)
_CLEAR = text("insert into search_terms(search_terms) values ('delete-all')")
_MERGE = text("insert into search_terms(search_terms) values ('optimize')")
_HOLDING = text("select json_group_array(rowid) from search_terms where search_terms match :term")


class SqliteTerms:
    """The inverted list of an SQLite database; see `TermIndex`."""

    def add(self, session: Session, pieces: Iterable[tuple[int, frozenset[str]]]) -> None:
        """Put pieces in."""
        _each(session, _ADD, pieces)

    def remove(self, session: Session, pieces: Iterable[tuple[int, frozenset[str]]]) -> None:
        """Take pieces out; FTS5 notes that they are gone, and forgets them as it merges."""
        _each(session, _REMOVE, pieces)

    def clear(self, session: Session) -> None:
        """Take everything out."""
        session.execute(_CLEAR)

    def purge(self, session: Session) -> None:
        """Merge all lists into one, which has nothing left of pieces that were taken out."""
        session.execute(_MERGE)

    def holding(self, session: Session, terms: Sequence[str]) -> list[list[int]]:
        """For each term, the pieces that have it; a term is a string of FTS5 and no expression."""
        found = []
        for term in terms:
            quoted = '"' + term.replace('"', '""') + '"'
            listed: str = session.execute(_HOLDING, {"term": quoted}).scalar_one()
            found.append(json.loads(listed))
        return found


def _each(
    session: Session, statement: TextClause, pieces: Iterable[tuple[int, frozenset[str]]]
) -> None:
    rows = [{"piece": piece, "terms": " ".join(sorted(terms))} for piece, terms in pieces]
    if rows:
        session.execute(statement, rows)
