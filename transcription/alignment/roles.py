"""
Who does what to whom: whether the words of content stand in the same order and the same parts.

A swap shows as a word of the quote that was not spoken at its place but was spoken elsewhere
in the passage. If none moved, English roles are the same. If some moved, the two sides are cut
into clauses: when each clause still holds the same words in the same order, whole clauses
changed places, which keeps the roles; otherwise the roles differ.

Russian and Ukrainian bear roles in endings. There a changed ending on a word that is not
plainly a verb may turn the doer into the done-to, which no word list can decide: that is
"could not be compared", never "agrees".
"""

from collections import Counter

from transcription.alignment.comparison import Operation, OperationKind
from transcription.alignment.likeness import Likeness, likeness
from transcription.alignment.passage import MATCHES, Aspect, Outcome, Passage
from transcription.text import Boundary, Kind, Token

_ALIKE = {Likeness.SAME, Likeness.INFLECTED, Likeness.VARIANT}
_MOST_COMPARED = 200
_ENDINGS_BEAR_ROLES = {"ru", "uk"}

Clause = tuple[str, ...]


def moved(passage: Passage) -> tuple[tuple[int, int], ...]:
    """Pairs (quoted token, spoken token) of content words that changed places."""
    quoted = [
        o.quote_token
        for o in passage.operations
        if o.kind not in MATCHES | {OperationKind.UNHEARD}
        and o.quote_token is not None
        and _asks(passage, o)
    ][:_MOST_COMPARED]
    first = passage.place.first - len(passage.before())
    last = passage.place.last + len(passage.after())
    taken = {at for o in passage.operations if o.kind in MATCHES for at in o.spoken_tokens}
    spoken = [
        at
        for at in range(first, last)
        if at not in taken and passage.is_content(passage.speech.tokens[at])
    ][:_MOST_COMPARED]
    pairs: list[tuple[int, int]] = []
    for at in quoted:
        for other in spoken:
            found = likeness(
                passage.search.quoted[at], passage.search.spoken[other], passage.lexicon
            )
            if found in _ALIKE and other not in {p[1] for p in pairs}:
                pairs.append((at, other))
                break
    return tuple(pairs)


def roles(passage: Passage) -> Aspect:
    """Whether doers, deeds and those done to are the same."""
    pairs = moved(passage)
    if pairs:
        ours, theirs = _clauses(passage, pairs)
        if Counter(ours) != Counter(theirs):
            words = ", ".join(f"“{passage.search.quote[q].text}”" for q, _ in pairs)
            return Aspect(
                Outcome.DIFFERS,
                (f"{words}: heard in this passage, but in another part of it than quoted",),
            )
    if passage.lexicon.language in _ENDINGS_BEAR_ROLES:
        unsure = [
            f"“{o.quoted}” and “{o.spoken}” differ in an ending that may say who does what"
            for o in passage.operations
            if o.kind is OperationKind.INFLECTED and not _is_verb(passage, o)
        ]
        unsure += [
            f"“{o.quoted}” and “{o.spoken}” may differ in who acts and who is acted on"
            for o in passage.operations
            if o.kind in MATCHES and o.quoted and o.spoken and _voice_may_differ(passage, o)
        ]
        if unsure:
            return Aspect(Outcome.NOT_COMPARED, tuple(dict.fromkeys(unsure)))
    return Aspect(Outcome.AGREES)


def order(passage: Passage) -> Aspect:
    """Whether the words of content come in the same order, whatever that does to roles."""
    pairs = moved(passage)
    if not pairs:
        return Aspect(Outcome.AGREES)
    words = ", ".join(f"“{passage.search.quote[q].text}”" for q, _ in pairs)
    return Aspect(Outcome.DIFFERS, (f"{words}: heard in another order than quoted",))


def _clauses(
    passage: Passage, pairs: tuple[tuple[int, int], ...]
) -> tuple[list[Clause], list[Clause]]:
    """Both sides cut into clauses of the words that they share, under shared labels."""
    links = [
        (o.quote_token, o.spoken_tokens.start)
        for o in passage.operations
        if o.kind in MATCHES and o.quote_token is not None and o.spoken_tokens
    ]
    links += pairs
    labels = {quoted: str(quoted) for quoted, _ in links}
    heard = {spoken: str(quoted) for quoted, spoken in links}
    # Words said twice are the same word, wherever they were paired.
    by_word: dict[str, str] = {}
    for quoted, _ in links:
        unit = passage.search.quoted[quoted]
        by_word.setdefault(unit.concept or unit.key, labels[quoted])
    same = {
        labels[quoted]: by_word[
            passage.search.quoted[quoted].concept or passage.search.quoted[quoted].key
        ]
        for quoted, _ in links
    }
    ours = _cut(passage, passage.search.quote, {k: same[v] for k, v in labels.items()})
    theirs = _cut(passage, passage.speech.tokens, {k: same[v] for k, v in heard.items()})
    return ours, theirs


def _cut(passage: Passage, tokens: tuple[Token, ...], labels: dict[int, str]) -> list[Clause]:
    clauses: list[list[str]] = [[]]
    for at in range(min(labels), max(labels) + 1):
        token = tokens[at]
        joins = token.key in passage.lexicon.joiners
        if joins or token.boundary is not Boundary.NONE or token.kind is Kind.GAP:
            clauses.append([])
        if at in labels and passage.is_content(token):
            clauses[-1].append(labels[at])
    return [tuple(clause) for clause in clauses if clause]


def _asks(passage: Passage, operation: Operation) -> bool:
    token = passage.quoted(operation)
    return token is not None and passage.is_content(token) and not passage.far(operation)


def _voice_may_differ(passage: Passage, operation: Operation) -> bool:
    quoted, spoken = passage.quoted(operation), passage.spoken(operation)
    return quoted is not None and passage.lexicon.voice_may_differ(quoted.key, spoken[0].key)


def _is_verb(passage: Passage, operation: Operation) -> bool:
    assert operation.quote_token is not None
    quoted = passage.search.quoted[operation.quote_token]
    spoken = passage.search.spoken[operation.spoken_tokens.start]
    in_actions = quoted.concept in passage.lexicon.actions
    return in_actions or passage.lexicon.both_verbs(quoted.key, spoken.key)
