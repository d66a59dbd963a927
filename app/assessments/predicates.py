"""
What a wording asserts of a recording, and how firmly, read by rules and word lists.

No grammar is parsed. A text is cut into clauses at stops, commas and words of contrast. In each
clause words for being what it is said to be (`true`), for not being that (`fake`), for agreeing with something
else, for checking, doubting and excluding are looked for; negations and hedges count when they
stand before such a word in the same clause and no "and" comes between. What was asserted is a `Level`
on one line from "is fake" to "is authentic" with "could not verify" in its middle, so that
two wordings can be set side by side. The levels order wordings, never recordings.
"""

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise

from app.assessments.lexicon import Lexicon

_NEAR = 10
"""How many words before a term its negation and its hedge are looked for."""
_GOVERNED = 5
"""How many words may stand between "signs of" and what they would be signs of."""
_STOP = re.compile(r"[,;:.!?()\"“”«»„…\n—–]+")
_WORD = re.compile(r"\w+(?:['’ʼ-]\w+)*")
_TERMS = (
    "authenticity",
    "true",
    "fake",
    "consistent",
    "verify",
    "unverified",
    "exclude",
    "doubt",
    "signs",
)

_COMPLETED = {
    "signs": {"fake", "doubt"},
    "exclude": {"fake", "doubt"},
    "doubt": {"true", "authenticity"},
    "verify": {"authenticity"},
}


class Level(IntEnum):
    """How firmly something is asserted, from one end to the other."""

    DENIED = -3  # "is a fake"
    APPEARS_NOT = -2  # "appears to be faked"
    DOUBTED = -1  # "shows signs of editing"
    NOT_ESTABLISHED = 0  # "could not be verified"
    NOTHING_AGAINST = 1  # "did not appear to be faked"
    AGREES = 2  # "is consistent with"
    APPEARS = 3  # "appear to be authentic"
    ASSERTED = 4  # "is authentic", "was verified", "is not fake"


# For each kind of term: as it stands, hedged, negated, negated and hedged.
_LEVELS: dict[str, tuple[Level, Level, Level, Level]] = {
    "true": (Level.ASSERTED, Level.APPEARS, Level.DENIED, Level.APPEARS_NOT),
    "fake": (Level.DENIED, Level.APPEARS_NOT, Level.ASSERTED, Level.NOTHING_AGAINST),
    "consistent": (Level.AGREES, Level.AGREES, Level.DOUBTED, Level.DOUBTED),
    "verify": (Level.ASSERTED, Level.APPEARS, *(Level.NOT_ESTABLISHED,) * 2),
    "exclude": (Level.ASSERTED, Level.APPEARS, *(Level.NOT_ESTABLISHED,) * 2),
    "doubt": (Level.DOUBTED, Level.DOUBTED, *(Level.NOTHING_AGAINST,) * 2),
    "signs": (Level.DOUBTED, Level.DOUBTED, *(Level.NOTHING_AGAINST,) * 2),
}


@dataclass(frozen=True, slots=True)
class Predicate:
    """One thing asserted: half-open offsets of its words, its level, what tempers it."""

    start: int
    end: int
    level: Level
    term: str
    hedge: str | None
    """The hedging words, where there are any."""
    kind: str
    """Which list the term is from."""
    declined: bool = False
    """Whether somebody said that they do not vouch, rather than that they could not tell."""


@dataclass(frozen=True, slots=True)
class _Term:
    start: int
    end: int
    kind: str


@lru_cache(maxsize=256)
def predicates(text: str, lexicon: Lexicon) -> tuple[Predicate, ...]:
    """Everything that a text asserts or leaves open, in the order of the text."""
    found: list[Predicate] = []
    before: Predicate | None = None
    for start, end in clauses(text, lexicon):
        for predicate in _in_clause(text, start, end, lexicon, before):
            found.append(predicate)
            before = predicate
    return tuple(found)


def clauses(text: str, lexicon: Lexicon) -> list[tuple[int, int]]:
    """What stops and words of contrast cut a text into: half-open offsets."""
    cuts = [found.span() for found in _STOP.finditer(text)]
    cuts += [(found.start(),) * 2 for found in lexicon.pattern("contrast").finditer(text)]
    edges = sorted({(0, 0), *cuts, (len(text), len(text))})
    found: list[tuple[int, int]] = []
    begun: int | None = None
    for left, right in pairwise(edges):
        start, end = left[1], right[0]
        said = text[start:end].strip()
        if said and lexicon.pattern("hedges").fullmatch(said):
            begun = start if begun is None else begun  # "похоже, запись подлинная": one clause
        elif said:
            found.append((start if begun is None else begun, end))
            begun = None
    return found


def _in_clause(
    text: str, start: int, end: int, lexicon: Lexicon, before: Predicate | None
) -> list[Predicate]:
    terms = _terms(text, start, end, lexicon)
    read: list[Predicate] = []
    for at, term in enumerate(terms):
        if _is_governed(text, terms, at, lexicon):
            continue
        predicate = _predicate(text, start, end, terms, at, lexicon)
        last = read[-1] if read else before
        if last and _carries_on(text, start, last, term, lexicon):
            predicate = Predicate(
                term.start, term.end, last.level, predicate.term, last.hedge, term.kind
            )
        read.append(predicate)
    return read


def _terms(text: str, start: int, end: int, lexicon: Lexicon) -> list[_Term]:
    """The terms of a clause, none of which overlaps another: the longer one wins."""
    found = [
        _Term(match.start(), match.end(), kind)
        for kind in _TERMS
        for match in lexicon.pattern(kind).finditer(text, start, end)
    ]
    kept: list[_Term] = []
    for term in sorted(found, key=lambda each: (each.start - each.end, each.start)):
        if all(term.end <= other.start or other.end <= term.start for other in kept):
            kept.append(term)
    return sorted(kept, key=lambda each: each.start)


def _is_governed(text: str, terms: list[_Term], at: int, lexicon: Lexicon) -> bool:
    """Whether a term only completes another one, which speaks for both."""
    term = terms[at]
    if term.kind == "signs":
        following = terms[at + 1] if at + 1 < len(terms) else None
        return following is None or following.kind not in _COMPLETED["signs"]
    if term.kind == "verify" and _asserts_what_follows(text, terms, at, lexicon):
        return True
    return term.kind == "authenticity" or (at > 0 and _completes(text, terms[at - 1], term))


def _completes(text: str, governor: _Term, term: _Term) -> bool:
    if _words_between(text, governor.end, term.start) > _GOVERNED:
        return False
    if governor.kind == "consistent":
        return term.kind in {"true", "verify"}
    return governor.kind != "verify" and term.kind in _COMPLETED.get(governor.kind, ())


def _asserts_what_follows(text: str, terms: list[_Term], at: int, lexicon: Lexicon) -> bool:
    """Whether what is confirmed is said by a term of its own: "confirmed that it is a fake"."""
    return any(
        _words_between(text, terms[at].end, later.start) <= _NEAR
        and lexicon.pattern("joins").search(text, terms[at].end, later.start) is None
        for later in terms[at + 1 :]
        if later.kind in {"true", "fake", "consistent"}
    )


def _predicate(
    text: str, start: int, end: int, terms: list[_Term], at: int, lexicon: Lexicon
) -> Predicate:
    term = terms[at]
    ahead = _ahead(text, start, term, lexicon)
    unable = _last(lexicon, "unable", text, ahead, term.start)
    negation = unable or _last(lexicon, "negations", text, ahead, term.start)
    hedge = _last(lexicon, "hedges", text, ahead, term.start)
    if term.kind == "signs":
        negation = negation or _last(lexicon, "negations", text, term.end, end)
    if term.kind == "verify" and lexicon.pattern("trailing").search(text, term.end, end):
        unable = negation = lexicon.pattern("trailing").search(text, term.end, end)
    if term.kind == "verify" and negation is None:
        unable = _last(lexicon, "attempts", text, ahead, term.start)
        negation = unable
    level = _level(
        term.kind, unable=bool(unable), negated=negation is not None, hedged=hedge is not None
    )
    completed = _completed(text, terms, at)
    if level is Level.NOTHING_AGAINST and completed and completed.kind == "true":
        level = Level.ASSERTED  # "no doubt that it is genuine"
    tempered = [match for match in (negation, hedge) if match and match.start() < term.start]
    first = min([term.start, *(match.start() for match in tempered)])
    auxiliary = lexicon.matcher(r"(?<!\w)@auxiliaries@\s+\Z").search(
        text[max(start, first - 8) : first]
    )
    first -= len(auxiliary[0]) if auxiliary else 0
    last = max(
        completed.end if completed else term.end,
        negation.end() if negation and negation.start() > term.start else 0,
    )
    declined = lexicon.pattern("declines").search(text, ahead, term.end) is not None
    return Predicate(
        first,
        last,
        level,
        text[term.start : last],
        hedge[0] if hedge else None,
        term.kind,
        declined,
    )


def _completed(text: str, terms: list[_Term], at: int) -> _Term | None:
    """The next term where it says what the signs are of, what is excluded, doubted or checked."""
    following = terms[at + 1] if at + 1 < len(terms) else None
    if following is None or following.kind not in _COMPLETED.get(terms[at].kind, ()):
        return None
    near = _words_between(text, terms[at].end, following.start) <= _GOVERNED
    return following if near else None


def _level(kind: str, *, unable: bool, negated: bool, hedged: bool) -> Level:
    """What a term comes to with what stands before it."""
    if unable or kind == "unverified":
        return Level.NOT_ESTABLISHED
    return _LEVELS[kind][2 * negated + hedged]


def _ahead(text: str, start: int, term: _Term, lexicon: Lexicon) -> int:
    """Where the words begin that may temper a term: near, and after the last "and"."""
    words = [match.start() for match in _WORD.finditer(text, start, term.start)]
    near = words[-_NEAR] if len(words) > _NEAR else start
    joint = _last(lexicon, "joins", text, near, term.start)
    return joint.end() if joint else near


def _carries_on(text: str, start: int, last: Predicate, term: _Term, lexicon: Lexicon) -> bool:
    """Whether a term is one more of the same: "did not appear to be faked, edited or altered"."""
    if last.kind != term.kind and {last.kind, term.kind} != {"signs", "fake"}:
        return False
    between = text[last.end : term.start]
    if not between.strip():
        return False
    joined = lexicon.pattern("carries").search(between) is not None
    listed = term.start - start <= len(text[start : term.start]) and not _WORD.search(
        text, max(start, last.end), term.start
    )
    return (joined or listed) and len(_WORD.findall(between)) <= _NEAR + _GOVERNED


def _last(lexicon: Lexicon, name: str, text: str, start: int, end: int) -> re.Match[str] | None:
    found = None
    for match in lexicon.pattern(name).finditer(text, start, end):
        found = match
    return found


def _words_between(text: str, start: int, end: int) -> int:
    return len(_WORD.findall(text, start, end))
