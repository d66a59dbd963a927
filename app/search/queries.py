"""
The search: terms of the quote, pieces that have them, windows in those, and their alignment.

Whose need to know a piece is, its language and whether it was superseded are applied to whole lists
of pieces, before anything is counted, ranked or cut off: an answer depends on nothing that the
asker may not read. The rarest pairs of the quote decide which pieces are looked at, the votes
of all of its words which stretches of them are compared, and the alignment what is found.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

import numpy as np
import numpy.typing as npt
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import Invalid
from app.search import index, wanted
from app.search.excerpts import excerpts
from app.search.models import IndexedPiece, IndexedTranscript
from app.search.places import Place, compare
from app.search.scope import Scope, Searched, searched
from app.search.terms import MOST_PIECES
from app.search.wanted import Wanted
from app.search.windows import Window, windows

Numbers = npt.NDArray[np.int64]

DEFAULT_LIMIT, MAX_LIMIT = 20, 100
_RAREST = 14
_PIECES_READ = 100
_FAR_LESS = 4
"""What shares so many times less of the rarest terms than the best piece is not looked at."""
_WINDOWS_COMPARED, _WORDS_COMPARED, _PAIRS_COMPARED = 60, 8_000, 4_000_000
"""What one search may cost, so that quotes of common words or of many do not hold up the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """
    What a search found, the best first.

    `complete` is false where there was more that looked alike than one search compares or gives.
    """

    places: tuple[Place, ...]
    complete: bool
    searched: Searched


def search(
    session: Session, *, quote: str, language: str, scope: Scope, limit: int = DEFAULT_LIMIT
) -> Found:
    """
    Find a quote in every version of the scope; `Invalid` names the field that is at fault.

    In another language than was spoken it is found in translations, and each place says so.
    """
    if not 1 <= limit <= MAX_LIMIT:
        raise Invalid(f"limit must be 1 to {MAX_LIMIT}", field="limit")
    asked = wanted.read(quote, language=language)
    pieces, all_read = _pieces(session, asked, scope)
    likely = windows(asked, _texts(session, pieces))
    chosen = _affordable(asked, likely)
    places = compare(session, asked, excerpts(session, chosen))
    return Found(
        places=tuple(places[:limit]),
        complete=all_read and len(chosen) == len(likely) and len(places) <= limit,
        searched=searched(session, scope, language=asked.language),
    )


def _pieces(session: Session, asked: Wanted, scope: Scope) -> tuple[Sequence[int], bool]:
    """The pieces that share the rarest terms with the quote, and whether those are all."""
    own = IndexedTranscript.language == asked.language
    permitted = np.array(sorted(session.scalars(scope.versions().where(own))), dtype=np.int64)
    every = index.of(session).holding(session, [*asked.pairs, *asked.words])
    lists = [_within(np.array(one, dtype=np.int64), permitted) for one in every if one]
    rarest = sorted((one for one in lists if len(one)), key=len)[:_RAREST]
    if not rarest:
        return [], True
    weights = [round(100 * log2(2 + len(permitted) / len(one))) for one in rarest]
    pieces, place = np.unique(np.concatenate(rarest), return_inverse=True)
    told = np.repeat(weights, [len(one) for one in rarest])
    scores = np.bincount(place, weights=told)
    best = pieces[np.argsort(-scores, kind="stable")]  # of equally good ones the earlier
    best = best[: np.count_nonzero(scores * _FAR_LESS >= scores.max())]
    return best[:_PIECES_READ].tolist(), len(best) <= _PIECES_READ


def _within(pieces: Numbers, permitted: Numbers) -> Numbers:
    """Those pieces that are of permitted transcripts."""
    return pieces[np.isin(pieces // MOST_PIECES, permitted)]


def _texts(session: Session, pieces: Sequence[int]) -> list[tuple[int, str]]:
    rows = select(IndexedPiece.id, IndexedPiece.text).where(IndexedPiece.id.in_(pieces))
    return [(number, text) for number, text in session.execute(rows)]


def _affordable(asked: Wanted, likely: Sequence[Window]) -> Sequence[Window]:
    """The windows that are compared: at least one, and no more than a server can afford."""
    words = count = 0
    for window in likely[:_WINDOWS_COMPARED]:
        words += window.last - window.first
        if count and (words > _WORDS_COMPARED or words * asked.length > _PAIRS_COMPARED):
            break
        count += 1
    return likely[:count]
