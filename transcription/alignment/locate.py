"""
Every place in a transcript where a quote was spoken, or something close to it.

The best place is taken first and closed, then the next best of what is left, until none is
good enough (Waterman and Eggert's way to all local alignments). After closing a place, only
the stretch behind it has to be swept again: endings further away cannot have begun inside
it. Ties go to the earlier place.

Good enough is judged three ways, any of which suffices: the score as a share of the best
possible, asked to be higher of short quotes, which occur by chance; a matched part so heavy
that chance is out of the question at this length of transcript (a long quote of which a
sentence was spoken); or nearly all words of content close together in any order, because
turning the words round is exactly what must be found and shown, not missed.
"""

from dataclasses import dataclass, replace

import numpy as np

from transcription.alignment import path
from transcription.alignment.lexicon import Lexicon
from transcription.alignment.likeness import DIFFERENT, SAME, VARIANT, Scores, Unit, table, units
from transcription.alignment.path import Pattern, Step
from transcription.errors import NothingToAlign, TextTooLong
from transcription.text import Kind, Token

MAX_QUOTE_WORDS = 2_000
"""The longest quote that is looked for."""
MAX_COMPARISONS = 20_000_000
"""Quoted times spoken words; past it the table of likeness would not fit a small machine."""
MAX_OCCURRENCES = 500
"""No more places than this are reported for one quote."""

_COMMON_WEIGHT, _LIGHT_WEIGHT, _OPTIONAL_WEIGHT = 500, 300, 500
_MOVED = 0
_SHARE_BY_LENGTH = ((3, 550), (9, 500), (15, 450), (MAX_QUOTE_WORDS, 400))
_CONTENT_SHARE, _CONTENT_LEAST = 800, 3
_NEIGHBOURHOOD = 20


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quote was found: spoken tokens `[first, last)`, its score, and every step."""

    first: int
    last: int
    permille: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Search:
    """A quote and the speech it is looked for in, with what both are compared by."""

    quote: tuple[Token, ...]
    quoted: tuple[Unit, ...]
    spoken: tuple[Unit, ...]
    pattern: Pattern
    lexicon: Lexicon | None

    @property
    def possible(self) -> int:
        """The score of a quote spoken word for word."""
        pairs = zip(self.pattern.kinds, self.pattern.weights, strict=True)
        return sum(w for kind, w in pairs if kind in {Kind.WORD, Kind.NUMBER})


def prepare(
    quote: tuple[Token, ...], speech: tuple[Token, ...], lexicon: Lexicon | None
) -> Search:
    """Compare the vocabulary of a quote and a transcript; refuse empty and endless quotes."""
    require_words(quote)
    if len(quote) * len(speech) > MAX_COMPARISONS:
        allowed = MAX_COMPARISONS // len(speech)
        raise TextTooLong("quote", unit="words", allowed=allowed)
    quoted, spoken = units(quote, lexicon), units(speech, lexicon)
    weights = tuple(_weight(unit, lexicon) for unit in quoted)
    pattern = Pattern(
        kinds=tuple(t.kind for t in quote),
        scores=_rows(quoted, spoken, weights, lexicon),
        weights=weights,
        reaches=tuple(t.reach for t in quote),
        hiding=np.array([t.kind is Kind.WILD for t in speech], dtype=bool),
    )
    return Search(quote, quoted, spoken, pattern, lexicon)


def require_words(quote: tuple[Token, ...]) -> None:
    """Refuse a quote that holds no word, or more than `MAX_QUOTE_WORDS` tokens."""
    if not any(t.kind in {Kind.WORD, Kind.NUMBER} for t in quote):
        raise NothingToAlign
    if len(quote) > MAX_QUOTE_WORDS:
        raise TextTooLong("quote", unit="words", allowed=MAX_QUOTE_WORDS)


def places(search: Search) -> tuple[Place, ...]:
    """All places, best first while searching, returned in the order they were spoken."""
    length = len(search.spoken)
    best, began = path.ends(search.pattern, length)
    best, began = best.copy(), began.copy()
    found: list[Place] = []
    while len(found) < MAX_OCCURRENCES:
        last = int(np.argmax(best))
        first = int(began[last])
        if best[last] <= 0 or last <= first:
            break
        place = _place(search, first, last, int(best[last]))
        if not _good_enough(search, place):
            break
        found.append(place)
        _close(search, found, best, began)
    return tuple(sorted(found, key=lambda place: place.first))


def _place(search: Search, first: int, last: int, score: int) -> Place:
    steps = path.trace(search.pattern.within(first, last), last - first)
    return Place(
        first,
        last,
        max(0, min(1000, score * 1000 // search.possible)),
        tuple(replace(s, first=s.first + first, last=s.last + first) for s in steps),
    )


def _close(search: Search, found: list[Place], best: path.Row, began: path.Row) -> None:
    """Take the newest place out of the search, and sweep again what lay in its shadow."""
    place = found[-1]
    best[place.first + 1 : place.last + 1] = path.NEVER
    stop = min([p.first for p in found if p.first >= place.last], default=len(search.spoken))
    shadowed = np.flatnonzero((began < place.last) & (best > path.NEVER))
    shadowed = shadowed[shadowed > place.last]
    if not len(shadowed):
        return
    best[shadowed] = path.NEVER
    reach = min(stop, int(shadowed[-1]))
    again, start = path.ends(search.pattern.within(place.last, reach), reach - place.last)
    ends = shadowed[shadowed <= reach]
    best[ends] = again[ends - place.last]
    began[ends] = start[ends - place.last] + place.last


def _good_enough(search: Search, place: Place) -> bool:
    words = sum(k in {Kind.WORD, Kind.NUMBER} for k in search.pattern.kinds)
    share = next(least for length, least in _SHARE_BY_LENGTH if words <= length)
    if place.permille >= share:
        return True
    matched = sum(
        max(0, int(search.pattern.scores[s.quoted][s.first]))
        for s in place.steps
        if s.quoted is not None and s.last > s.first and len(search.pattern.scores[s.quoted])
    )
    chance = (len(search.quoted) * (len(search.spoken) + 1)).bit_length()
    if matched >= SAME * (3 + chance // 4) and place.permille > 0:
        return True
    return _content_is_near(search, place)


def _content_is_near(search: Search, place: Place) -> bool:
    """Whether nearly all words of content lie here, in whatever order."""
    around = min(len(search.quoted), _NEIGHBOURHOOD)
    near = slice(max(0, place.first - around), place.last + around)
    wanted = [
        row
        for row, unit, weight in zip(
            search.pattern.scores, search.quoted, search.pattern.weights, strict=True
        )
        if weight == SAME and unit.kind in {Kind.WORD, Kind.NUMBER}
    ]
    there = sum(int(row[near].max(initial=DIFFERENT)) >= VARIANT for row in wanted)
    return len(wanted) >= _CONTENT_LEAST and there * 1000 >= len(wanted) * _CONTENT_SHARE


def _weight(unit: Unit, lexicon: Lexicon | None) -> int:
    if unit.kind is Kind.OPTIONAL:
        return _OPTIONAL_WEIGHT
    if lexicon is None or unit.concept:
        return SAME
    if unit.key in lexicon.light:
        return _LIGHT_WEIGHT
    return _COMMON_WEIGHT if unit.key in lexicon.common | lexicon.negators else SAME


def _rows(
    quoted: tuple[Unit, ...],
    spoken: tuple[Unit, ...],
    weights: tuple[int, ...],
    lexicon: Lexicon | None,
) -> tuple[path.Row, ...]:
    """The weighted score of each quoted token against each spoken one."""
    rows = {u: i for i, u in enumerate(dict.fromkeys(quoted))}
    columns = {u: i for i, u in enumerate(dict.fromkeys(spoken))}
    scores = table(list(rows), list(columns), lexicon)
    content = sorted(
        {
            rows[u]
            for u, w in zip(quoted, weights, strict=True)
            if w == SAME and u.kind is Kind.WORD
        }
    )
    moved = (scores[content] >= VARIANT).any(axis=0)
    order = np.array([columns[u] for u in spoken], dtype=np.int64)
    by_unit: dict[Unit, path.Row] = {}
    for unit, weight in zip(quoted, weights, strict=True):
        if unit in by_unit:
            continue
        row: Scores = scores[rows[unit]]
        if weight == SAME:  # a word that the quote has elsewhere: laid beside, not avoided
            row = np.where(moved & (row == DIFFERENT), np.int32(_MOVED), row)
        row = row * np.int32(weight) // np.int32(1000)
        by_unit[unit] = row.astype(np.int32)[order]
    nothing = np.zeros(0, dtype=np.int32)
    return tuple(
        by_unit[unit] if unit.kind in {Kind.WORD, Kind.NUMBER, Kind.OPTIONAL} else nothing
        for unit in quoted
    )
