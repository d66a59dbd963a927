"""
Wordings of one utterance side by side: who wrote what, slot by slot.

Reports of one recording word it differently. Their quotes are laid along one another as
recognisers' hypotheses are in ROVER (Fiscus, 1997): the longest is the pivot, each further one
is aligned with all slots made so far, by the same likeness of words that quotes are found by.
Nothing is voted on: the slots show where the published wordings part, and no wording is called
the right one.

Quotes belong together when they share enough words of content, listed variants among them;
a recording has as many groups as it has utterances that are quoted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz

from transcription.alignment.lexicon import LANGUAGES, Lexicon, load
from transcription.alignment.likeness import Likeness, Unit, likeness, units
from transcription.alignment.scoring import is_content
from transcription.text import Kind, Token, tokens

MAX_WORDS = 600
"""No more words than this, all wordings together, are laid side by side."""

_SCORES = {
    Likeness.SAME: 1000,
    Likeness.INFLECTED: 850,
    Likeness.VARIANT: 700,
    Likeness.OPPOSITE: 100,
    Likeness.DIFFERENT: -300,
}
_ALIKE = {Likeness.SAME, Likeness.INFLECTED, Likeness.VARIANT}
_MISSING = -250
_GARBLED, _SPELLED_ALIKE = 400, 75
_SHARED, _SHARE_PERMILLE = 2, 400


class Agreement(StrEnum):
    """How the wordings compare in one slot."""

    SAME = "same"
    VARIANT = "variant"
    """Forms of one word or listed variants."""
    DIFFERENT = "different"
    MISSING = "missing"
    """Not every wording has a word here."""


@dataclass(frozen=True, slots=True)
class Slot:
    """What each wording has at one place, in the order the wordings were given; None: nothing."""

    words: tuple[Token | None, ...]
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class Network:
    """Wordings that belong together, by their numbers among those given, and their slots."""

    wordings: tuple[int, ...]
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class _Wording:
    number: int
    tokens: tuple[Token, ...]
    units: tuple[Unit, ...]
    content: frozenset[Unit]


_Row = list[int | None]
"""For one slot, which token each wording has there, in the order in which they were added."""


def side_by_side(texts: Sequence[str], *, language: str) -> tuple[Network, ...]:
    """
    Every group of two or more quotes that word the same, each as a network.

    Groups come in the order of their first quote. Quotes past `MAX_WORDS` together, counted from
    the first, are left out, and so are those without a word of content.
    """
    lexicon = load(language) if language in LANGUAGES else None
    known: list[_Wording] = []
    total = 0
    for number, text in enumerate(texts):
        found = tokens(text, language=language, quoted=True)
        total += len(found)
        if total > MAX_WORDS:
            break
        own = units(found, lexicon)
        content = frozenset(u for u in own if is_content(u, lexicon))
        if content:
            known.append(_Wording(number, found, own, content))
    groups = sorted(_groups(known, lexicon), key=lambda group: min(w.number for w in group))
    return tuple(_network(group, lexicon) for group in groups if len(group) > 1)


def _groups(wordings: list[_Wording], lexicon: Lexicon | None) -> list[list[_Wording]]:
    """Wordings around the longest that they are like, so that the order given decides nothing."""
    groups: list[list[_Wording]] = []
    for wording in sorted(wordings, key=lambda w: (-len(w.tokens), w.number)):
        near = [group for group in groups if _shared(group[0], wording, lexicon)]
        if near:
            # Of two groups as like, the one whose quotes are about as long.
            near.sort(key=lambda g: (-_shared(g[0], wording, lexicon), len(g[0].tokens)))
            near[0].append(wording)
        else:
            groups.append([wording])
    return groups


def _shared(pivot: _Wording, other: _Wording, lexicon: Lexicon | None) -> int:
    """How many words of content two wordings share, if that is enough to belong together; else 0."""
    fewer, more = sorted((pivot.content, other.content), key=len)
    shared = sum(any(likeness(u, v, lexicon) in _ALIKE for v in more) for u in fewer)
    enough = shared >= min(_SHARED, len(more)) and shared * 1000 >= len(fewer) * _SHARE_PERMILLE
    return shared if enough else 0


def _network(group: list[_Wording], lexicon: Lexicon | None) -> Network:
    rows: list[_Row] = [[at] for at in range(len(group[0].tokens))]
    for count, wording in enumerate(group[1:], start=1):
        rows = _laid(rows, group[:count], wording, lexicon)
    order = sorted(range(len(group)), key=lambda at: group[at].number)
    slots = []
    for row in rows:
        at = [(group[column], row[column]) for column in order]
        words = tuple(w.tokens[i] if i is not None else None for w, i in at)
        there = [w.units[i] for w, i in at if i is not None]
        slots.append(Slot(words, _agreement(there, len(group), lexicon)))
    return Network(tuple(group[at].number for at in order), tuple(slots))


def _laid(
    rows: list[_Row], before: list[_Wording], wording: _Wording, lexicon: Lexicon | None
) -> list[_Row]:
    """The slots with one more wording in them: Needleman and Wunsch, a pair before a gap on ties."""
    height, width = len(rows), len(wording.tokens)
    slots = [
        [w.units[at] for w, at in zip(before, row, strict=True) if at is not None] for row in rows
    ]
    pairs = [[_score(slot, unit, lexicon) for unit in wording.units] for slot in slots]
    best = [[_MISSING * (i + j) for j in range(width + 1)] for i in range(height + 1)]
    for i in range(1, height + 1):
        for j in range(1, width + 1):
            best[i][j] = max(
                best[i - 1][j - 1] + pairs[i - 1][j - 1],
                best[i - 1][j] + _MISSING,
                best[i][j - 1] + _MISSING,
            )
    made: list[_Row] = []
    i, j = height, width
    while i or j:
        if i and j and best[i][j] == best[i - 1][j - 1] + pairs[i - 1][j - 1]:
            i, j = i - 1, j - 1
            made.append([*rows[i], j])
        elif i and best[i][j] == best[i - 1][j] + _MISSING:
            i -= 1
            made.append([*rows[i], None])
        else:
            j -= 1
            made.append([*(None for _ in before), j])
    return made[::-1]


def _score(slot: list[Unit], unit: Unit, lexicon: Lexicon | None) -> int:
    return max(_pair(other, unit, lexicon) for other in slot)


def _pair(one: Unit, other: Unit, lexicon: Lexicon | None) -> int:
    if (one.kind is Kind.GAP) != (other.kind is Kind.GAP):
        return 2 * _MISSING - 1
    found = likeness(one, other, lexicon)
    if found is Likeness.DIFFERENT and fuzz.ratio(one.key, other.key) >= _SPELLED_ALIKE:
        return _GARBLED
    return _SCORES[found]


def _agreement(there: list[Unit], wordings: int, lexicon: Lexicon | None) -> Agreement:
    if len(there) < wordings:
        return Agreement.MISSING
    found = {likeness(there[0], other, lexicon) for other in there[1:]}
    if found == {Likeness.SAME}:
        return Agreement.SAME
    return Agreement.VARIANT if found <= _ALIKE else Agreement.DIFFERENT
