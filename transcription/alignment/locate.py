"""
Every place in a transcript where a quote was spoken, or something close to it.

The best place is taken, and the best of those that do not touch it, and so on; then all of them
are closed and what is left is looked at again, until nothing good enough is left (Waterman and
Eggert's way to all local alignments, a round at a time). After closing places, only the ends
whose paths ran into one are swept again: no other has changed. Of equally good places the earlier
is taken.

What is good enough is told by `significance`. After that `turned` finds where nearly all words of
content lie close together in another order: that is exactly what must be found and shown, not
missed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from transcription.alignment import path, scoring, significance, sweep, turned
from transcription.alignment.lexicon import Lexicon
from transcription.alignment.likeness import Unit, units
from transcription.alignment.path import Step
from transcription.alignment.speech import Speech
from transcription.alignment.sweep import Numbers, Pattern
from transcription.alignment.vocabulary import Vocabulary
from transcription.errors import NothingToAlign, TextTooLong
from transcription.text import Kind, Token

MAX_QUOTE_WORDS = 2_000
"""The longest quote that is looked for."""
MAX_TABLE = 40_000_000
"""Different quoted times different spoken words; a larger table would not fit a small machine."""
MAX_OCCURRENCES = 500
"""No more places than this are reported for one quote."""
_NEVER = -(1 << 40)
_LIKE = 16
_CELLS = 2_000_000

Stretch = tuple[int, int]
"""Spoken tokens `[first, last)`."""
Found = tuple[int, int, int]
"""The same with a score."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quote was found: spoken tokens `[first, last)`, its score, and every step."""

    first: int
    last: int
    score: int
    permille: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Search:
    """A quote and the speech it is looked for in, with what both are compared by."""

    quote: tuple[Token, ...]
    quoted: tuple[Unit, ...]
    spoken: tuple[Unit, ...]
    pattern: Pattern
    likenesses: scoring.Scores
    """Unweighted, in step with the pattern's scores."""
    vocabulary: Vocabulary

    @property
    def columns(self) -> Numbers:
        """Which column of the pattern's scores each spoken token has."""
        return self.vocabulary.columns

    @property
    def lexicon(self) -> Lexicon | None:
        """What is known of the language, if anything is."""
        return self.vocabulary.lexicon

    @property
    def possible(self) -> int:
        """The score of a quote spoken word for word."""
        pairs = zip(self.pattern.kinds, self.pattern.weights, strict=True)
        return sum(w for kind, w in pairs if kind in sweep.WORDS)

    def part(self, first: int, last: int) -> "Search":
        """The same for some tokens of the quote alone."""
        own = slice(first, last)
        pattern = replace(
            self.pattern,
            kinds=self.pattern.kinds[own],
            rows=self.pattern.rows[own],
            weights=self.pattern.weights[own],
            reaches=self.pattern.reaches[own],
        )
        return replace(self, quote=self.quote[own], quoted=self.quoted[own], pattern=pattern)

    def lines(self, stretches: Sequence[Stretch]) -> Iterator[tuple[list[Stretch], Numbers]]:
        """Stretches of speech as lines of columns, those of like length together."""
        nothing = self.pattern.scores.shape[1] - 1
        left = sorted(stretches, key=lambda stretch: stretch[1] - stretch[0])
        while left:
            longest = 2 * (left[0][1] - left[0][0]) + _LIKE
            fit = max(1, _CELLS // (len(self.quote) * longest))
            batch = [stretch for stretch in left[:fit] if stretch[1] - stretch[0] <= longest]
            left = left[len(batch) :]
            width = batch[-1][1] - batch[-1][0]
            columns = np.full((len(batch), width), nothing, dtype=np.int64)
            for line, (first, last) in enumerate(batch):
                columns[line, : last - first] = self.columns[first:last]
            yield batch, columns


def prepare(quote: tuple[Token, ...], speech: Speech) -> Search:
    """Compare the vocabulary of a quote and a transcript; refuse empty and endless quotes."""
    require_words(quote)
    spoken = speech.vocabulary
    quoted = units(quote, spoken.lexicon)
    compared = {Kind.WORD, Kind.NUMBER, Kind.OPTIONAL}
    rows = {u: i for i, u in enumerate(dict.fromkeys(u for u in quoted if u.kind in compared))}
    if len(rows) * len(spoken.units) > MAX_TABLE:
        raise TextTooLong("quote", unit="words", allowed=MAX_TABLE // len(spoken.units))
    likenesses = scoring.table(list(rows), spoken)
    told = scoring.weights(list(rows), likenesses, spoken)
    scores = scoring.weighted(list(rows), likenesses, told, spoken.lexicon)
    of_token = tuple(rows.get(unit, -1) for unit in quoted)
    pattern = Pattern(
        kinds=tuple(t.kind for t in quote),
        rows=of_token,
        scores=scores,
        weights=tuple(told[row] if row >= 0 else 0 for row in of_token),
        reaches=tuple(t.reach for t in quote),
        hiding=np.append(spoken.unheard, False),
    )
    return Search(quote, quoted, speech.units, pattern, likenesses, spoken)


def require_words(quote: tuple[Token, ...]) -> None:
    """Refuse a quote that holds no word, or more than `MAX_QUOTE_WORDS` tokens."""
    if not any(t.kind in sweep.WORDS for t in quote):
        raise NothingToAlign
    if len(quote) > MAX_QUOTE_WORDS:
        raise TextTooLong("quote", unit="words", allowed=MAX_QUOTE_WORDS)


def places(search: Search) -> tuple[Place, ...]:
    """All places, in the order in which they were spoken."""
    free = _Free(search)
    least = significance.least(search.possible, speech=len(search.spoken))
    free.take(least)
    near = turned.ends_near(
        [
            (search.likenesses[row, :-1] >= scoring.VARIANT, weight)
            for row, weight, unit in zip(
                search.pattern.rows, search.pattern.weights, search.quoted, strict=True
            )
            if scoring.is_content(unit, search.lexicon)
        ],
        search.vocabulary,
        length=len(search.quoted),
        taken=free.taken,
    )
    if near is not None:
        free.reopen(near)
        free.take(1)
    return tuple(sorted(_laid_out(search, free.found), key=lambda place: place.first))


class _Free:
    """Where a quote may still end, in what is not taken: the best score, and its beginning."""

    def __init__(self, search: Search) -> None:
        self._search = search
        self._score, self._began = sweep.ends(search.pattern, search.columns)
        self.found: list[Found] = []

    @property
    def taken(self) -> list[Stretch]:
        """What is taken, in the order in which it was spoken."""
        return sorted((first, last) for first, last, _ in self.found)

    def take(self, least: int) -> None:
        """Take places of at least this score, a round at a time, until there are none."""
        while picked := self._best(max(1, least)):
            self.found += picked
            for first, last, _ in picked:
                self._score[first + 1 : last + 1] = _NEVER
            floor = self._floor()
            self._score[(self._began < floor) & (self._score < least)] = _NEVER
            self._again(floor, np.flatnonzero((self._began < floor) & (self._score > _NEVER)))

    def reopen(self, near: npt.NDArray[np.bool_]) -> None:
        """Leave open these ends, and no others."""
        for first, last in self.taken:
            near[first + 1 : last + 1] = False
        self._score[:] = _NEVER
        self._again(self._floor(), np.flatnonzero(near))

    def _best(self, least: int) -> list[Found]:
        """The best places that do not touch one another; the earlier of equals."""
        score = self._score.copy()
        found: list[Found] = []
        while len(found) + len(self.found) < MAX_OCCURRENCES:
            last = int(np.argmax(score))
            first = int(self._began[last])
            if score[last] < least or last <= first:
                break
            found.append((first, last, int(score[last])))
            score[first + 1 : last + 1] = _NEVER
            score[last:][self._began[last:] < last] = _NEVER
        return found

    def _floor(self) -> Numbers:
        """For each end the last token taken before it, ahead of which no path may begin now."""
        floor = np.zeros(len(self._score), dtype=np.int64)
        for _, last in self.taken:
            floor[last:] = last
        return floor

    def _again(self, floor: Numbers, stale: Numbers) -> None:
        """Look again at ends whose paths ran into what was taken."""
        zones = {
            (int(floor[own[0]]), int(own[-1])): own
            for own in np.split(stale, np.flatnonzero(np.diff(floor[stale])) + 1)
            if len(own)
        }
        for batch, columns in self._search.lines(list(zones)):
            scores, began = sweep.ends(self._search.pattern, columns)
            for line, (start, stop) in enumerate(batch):
                own = zones[start, stop]
                self._score[own] = scores[line, own - start]
                self._began[own] = began[line, own - start] + start


def _laid_out(search: Search, found: Sequence[Found]) -> Iterator[Place]:
    """The places with their steps."""
    scores = {(first, last): score for first, last, score in found}
    possible = search.possible
    for batch, columns in search.lines(list(scores)):
        for stretch, steps in zip(batch, path.traces(search.pattern, columns, batch), strict=True):
            score = scores[stretch]
            permille = max(0, min(1000, score * 1000 // possible))
            yield Place(*stretch, score, permille, steps)
