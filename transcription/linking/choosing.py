"""
Which of the candidates become links: best first, each word once, in whatever order.

Competitive linking (Melamed 2000, "Models of Translational Equivalence among Words"): the
best candidate is taken and its words are closed, then the next best of what is left. It is
the mutual choice of SimAlign's ArgMax, repeated as its IterMax does until nothing is left to
choose (Jalili Sabet et al. 2020). Order is free; that words seldom move far only weighs.

Words of content go first. Words that hold a sentence together ("to", "he") fit almost
anywhere, so they are linked afterwards, and only beside words that are linked already.
"""

from collections.abc import Sequence
from itertools import pairwise

from transcription.linking.scoring import Candidate, Ground

_DISTANCE, _FARTHEST = 25, 350
"""What each word that it moved costs a candidate, per mille of its score, and the most."""
_NEIGHBOUR, _NEIGHBOURS = 300, 450
"""What a linked word next to it gains it, less the farther it is, and the most."""
_BEFORE, _AROUND = 2, 3
"""How far neighbours are looked for among the spoken and among the translated words."""
_FOLLOWED, _FOLLOW_REACH = 150, 3
_NEAR = 2
"""As many words as one without linked neighbours may have moved."""
_POSITION_SCORE = 250

Pairs = dict[int, set[int]]


def choose(
    found: Sequence[Candidate], length: int, other: int, content: tuple[set[int], set[int]]
) -> list[Candidate]:
    """
    Choose among the candidates of a stretch of `length` and `other` words.

    `content` names the words on each side that may be linked by position alone.
    """
    firm = [each for each in found if not each.grammar]
    chosen = _compete(firm, [], (length, other))
    chosen = _compete(firm, chosen, (length, other))  # again, now that neighbours are known
    linked = pairs_of(chosen)
    loose = [each for each in found if each.grammar and _supported(each, linked, (length, other))]
    chosen += _compete(loose, chosen, (length, other), taken=chosen)
    return [*chosen, *_by_position(chosen, (length, other), content)]


def _compete(
    found: Sequence[Candidate],
    known: Sequence[Candidate],
    lengths: tuple[int, int],
    taken: Sequence[Candidate] = (),
) -> list[Candidate]:
    linked = pairs_of(known)
    ours = {at for each in taken for at in each.source}
    theirs = {at for each in taken for at in each.target}
    ranked = sorted(
        found,
        key=lambda each: (-_weighed(each, linked, lengths), each.source, each.target),
    )
    chosen: list[Candidate] = []
    for each in ranked:
        if ours.isdisjoint(each.source) and theirs.isdisjoint(each.target):
            chosen.append(each)
            ours.update(each.source)
            theirs.update(each.target)
    return chosen


def pairs_of(chosen: Sequence[Candidate]) -> Pairs:
    """Each linked source word with the words of the translation that it is linked to."""
    found: Pairs = {}
    for each in chosen:
        for at in each.source:
            found.setdefault(at, set()).update(each.target)
    return found


def _weighed(each: Candidate, linked: Pairs, lengths: tuple[int, int]) -> int:
    cost = min(_FARTHEST, _DISTANCE * _distance(each, lengths))
    score = each.score * (1000 - cost) // 1000 + min(_NEIGHBOURS, _neighbours(each, linked))
    return score + (_FOLLOWED if each.grammar and _followed(each, linked) else 0)


def _distance(each: Candidate, lengths: tuple[int, int]) -> int:
    """How many words it moved, were both sides equally long."""
    one = each.source[0] * max(lengths) // max(1, lengths[0])
    other = each.target[0] * max(lengths) // max(1, lengths[1])
    return abs(one - other)


def _neighbours(each: Candidate, linked: Pairs) -> int:
    """What the links of the words around gain it, the more the closer they are on both sides."""
    gained = 0
    for at in range(each.source[0] - _BEFORE, each.source[-1] + _BEFORE + 1):
        if at in each.source or at not in linked:
            continue
        away = min(abs(at - place) for place in each.source)
        beside = min(abs(one - other) for one in linked[at] for other in each.target)
        if 0 < beside <= _AROUND:
            gained += _NEIGHBOUR // max(away, beside)
    return gained


def _followed(each: Candidate, linked: Pairs) -> bool:
    """Whether the next linked word after it is linked to a word just after its translation."""
    ahead = range(each.source[-1] + 1, each.source[-1] + 1 + _FOLLOW_REACH)
    follower = next((linked[at] for at in ahead if at in linked), set())
    last = each.target[-1]
    return any(last < at <= last + _FOLLOW_REACH + 1 for at in follower)


def _supported(each: Candidate, linked: Pairs, lengths: tuple[int, int]) -> bool:
    if _followed(each, linked) or _neighbours(each, linked):
        return True
    return _distance(each, lengths) <= _NEAR


def _by_position(
    chosen: Sequence[Candidate], lengths: tuple[int, int], content: tuple[set[int], set[int]]
) -> list[Candidate]:
    """The one word of content left over on each side between two linked neighbours."""
    linked = pairs_of(chosen)
    theirs = {at for places in linked.values() for at in places}
    found: list[Candidate] = []
    anchors = [(-1, -1), *sorted((at, min(places)) for at, places in linked.items()), lengths]
    for (left, low), (right, high) in pairwise(anchors):
        ours = [at for at in range(left + 1, right) if at in content[0]]
        others = [at for at in range(low + 1, high) if at in content[1] and at not in theirs]
        if len(ours) == len(others) == 1:
            found.append(Candidate((ours[0],), (others[0],), _POSITION_SCORE, Ground.POSITION))
    return found
