"""
Negations of a sentence that deny once, however often they are said.

"Никто не приехал" denies once in Russian, as "nobody came" does in English: of a negative
pronoun and the particle before the verb in one clause, both are rendered by the one English
negation. So whichever of the two is left without a link is linked to what the other is
linked to.
"""

from collections.abc import Iterator, Sequence

from transcription.linking.scoring import Candidate, Ground
from transcription.text import Boundary, Token

_PRONOUNS = ("ни", "ні", "ани", "ані")
_PARTICLES = frozenset({"не"})
_CONCORDANT = frozenset({"ru", "uk"})
_REACH = 5
_SCORE = 600


def concord(
    source: Sequence[Token], chosen: Sequence[Candidate], negators: frozenset[str], language: str
) -> Iterator[Candidate]:
    """Links of negations that only agree with another one of their clause."""
    if language not in _CONCORDANT:
        return
    linked = {at: each.target for each in chosen for at in each.source}
    for at, token in enumerate(source):
        if token.key not in negators or at in linked:
            continue
        beside = [
            near
            for near in _clause(source, at)
            if near in linked and _agree(token.key, source[near].key, negators)
        ]
        if beside:
            nearest = min(beside, key=lambda near: (abs(near - at), near))
            yield Candidate((at,), linked[nearest], _SCORE, Ground.LEXICON)


def _agree(one: str, other: str, negators: frozenset[str]) -> bool:
    """Whether one of two negations is the particle and the other a pronoun."""
    pronouns = {key for key in (one, other) if key in negators and key.startswith(_PRONOUNS)}
    return len(pronouns) == 1 and bool(_PARTICLES & {one, other})


def _clause(source: Sequence[Token], at: int) -> range:
    """The words around one, up to the nearest punctuation."""
    first, last = at, at
    while first > 0 and at - first < _REACH and source[first].boundary is Boundary.NONE:
        first -= 1
    while (
        last + 1 < len(source)
        and last - at < _REACH
        and source[last + 1].boundary is Boundary.NONE
    ):
        last += 1
    return range(first, last + 1)
