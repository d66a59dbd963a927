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

from transcription.linking.scoring import Candidate, Ground

_DISTANCE_WEIGHT = 350
"""What the full length of the stretch costs, per mille of the score."""
_NEIGHBOUR, _NEIGHBOUR_REACH = 60, 3
_FOLLOWED, _FOLLOW_REACH = 150, 3
_NEAR = 200
"""Per mille of the stretch: as far as a word without linked neighbours may have moved."""
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
    loose = [each for each in found if each.grammar and _supported(each, chosen, (length, other))]
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
    away = _distance(each, lengths)
    score = each.score * (1000 - _DISTANCE_WEIGHT * away // 1000) // 1000
    score += _NEIGHBOUR * min(2, _neighbours(each, linked))
    return score + (_FOLLOWED if each.grammar and _followed(each, linked) else 0)


def _distance(each: Candidate, lengths: tuple[int, int]) -> int:
    """How far apart the two places are, per mille of the stretch."""
    one = 1000 * each.source[0] // max(1, lengths[0] - 1)
    other = 1000 * each.target[0] // max(1, lengths[1] - 1)
    return abs(one - other)


def _neighbours(each: Candidate, linked: Pairs) -> int:
    """How many words near the source words are linked near the words of the translation."""
    near = {
        at
        for place in each.target
        for at in range(place - _NEIGHBOUR_REACH, place + _NEIGHBOUR_REACH + 1)
    }.difference(each.target)
    around = {
        at for place in each.source for at in range(place - 2, place + 3)
    }.difference(each.source)
    return sum(not near.isdisjoint(linked.get(at, ())) for at in around)


def _followed(each: Candidate, linked: Pairs) -> bool:
    """Whether the next linked word after it is linked to a word just after its translation."""
    ahead = range(each.source[-1] + 1, each.source[-1] + 1 + _FOLLOW_REACH)
    follower = next((linked[at] for at in ahead if at in linked), set())
    last = each.target[-1]
    return any(last < at <= last + _FOLLOW_REACH + 1 for at in follower)


def _supported(each: Candidate, chosen: Sequence[Candidate], lengths: tuple[int, int]) -> bool:
    linked = pairs_of(chosen)
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
    for (left, low), (right, high) in zip(anchors, anchors[1:], strict=False):
        ours = [at for at in range(left + 1, right) if at in content[0]]
        others = [at for at in range(low + 1, high) if at in content[1] and at not in theirs]
        if len(ours) == len(others) == 1:
            found.append(
                Candidate((ours[0],), (others[0],), _POSITION_SCORE, Ground.POSITION)
            )
    return found
