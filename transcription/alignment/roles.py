"""
Who does what to whom: whether the words of content stand in the same order and the same parts.

A swap shows as a word of the quote that was not spoken at its place but was spoken elsewhere
in the passage. If none moved, English roles are the same, unless one side says it in the
passive (`voice`). If some moved, the two sides are cut into clauses: when each clause still
holds the same words in the same order, whole clauses changed places, which keeps the roles, and
so does a time or place that moved with its preposition ("at dawn"); otherwise the roles differ.

Russian and Ukrainian bear roles in endings. There the same endings in another order are
mostly the same roles and not always ("мать ударила дочь"), and a changed ending on a word that
is not plainly a verb may turn the doer into the done-to; on a verb without a subject the ending
is the doer. No word list decides these: that is "could not be compared", never "agrees".
"""

from collections import Counter

from transcription.alignment.comparison import Operation, OperationKind
from transcription.alignment.lexicon.verbs import Agreement
from transcription.alignment.likeness import Likeness, likeness
from transcription.alignment.modality import form
from transcription.alignment.passage import MATCHES, Aspect, Outcome, Passage, aspect
from transcription.alignment.voice import voice
from transcription.text import Boundary, Kind, Token

_ALIKE = {Likeness.SAME, Likeness.INFLECTED, Likeness.VARIANT}
_MOST_COMPARED = 200
_ENDINGS_BEAR_ROLES = {"ru", "uk"}
_DOER_DEED_DONE_TO = 3

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
    bearing = passage.lexicon.language in _ENDINGS_BEAR_ROLES
    turned = _participle(passage) if bearing else voice(passage)
    unsure = _endings(passage) if bearing else []
    if pairs and not all(_circumstance(passage, pair) for pair in pairs):
        ours, theirs = _clauses(passage, pairs)
        if Counter(ours) != Counter(theirs):
            words = ", ".join(f"“{passage.search.quote[q].text}”" for q, _ in pairs)
            if turned:
                unsure.append(f"{words}: in another part than heard, and {turned}")
            elif len(ours) != len(theirs) or _clause_moved(passage):
                unsure.append(
                    f"{words}: in another part than heard; a clause may have moved whole"
                )
            elif bearing and _same_endings(passage, pairs) and _sorted(ours) == _sorted(theirs):
                unsure.append(f"{words}: in another order than heard, with the same endings")
            else:
                return Aspect(
                    Outcome.DIFFERS,
                    (f"{words}: heard in this passage, but in another part of it than quoted",),
                )
    elif turned and not pairs and not bearing:
        if _acts_on_both(passage):
            return Aspect(Outcome.DIFFERS, (f"with the words in the same order, {turned}",))
        unsure.append(turned)
    return aspect([], unsure, met=True)


def _endings(passage: Passage) -> list[str]:
    """What endings leave open about who does what to whom."""
    unsure = []
    for at, o in enumerate(passage.operations):
        if o.kind not in MATCHES or not o.quoted or not o.spoken:
            continue
        if _two_words(passage, o):
            unsure.append(f"“{o.quoted}” and “{o.spoken}” may be two words under one spelling")
        found = form(passage, at) if o.kind is not OperationKind.SAME else None
        if found is Agreement.DOER:
            unsure.append(
                f"“{o.quoted}” and “{o.spoken}” differ in an ending that says who does it"
            )
        elif o.kind is not OperationKind.SAME and found is None and not _same_case(passage, o):
            unsure.append(
                f"“{o.quoted}” and “{o.spoken}” differ in an ending that may say who does what"
            )
        if _voice_may_differ(passage, o):
            unsure.append(
                f"“{o.quoted}” and “{o.spoken}” may differ in who acts and who is acted on"
            )
    return unsure


def _two_words(passage: Passage, operation: Operation) -> bool:
    """Whether only one side writes ё in a word that is another one without it ("всё", "все")."""
    token = passage.quoted(operation)
    if token is None or token.key not in passage.lexicon.told_apart:
        return False
    ours, theirs = (
        "ё" in (text or "").casefold() for text in (operation.quoted, operation.spoken)
    )
    return ours != theirs


def _participle(passage: Passage) -> str | None:
    """What differs where only one side may be in the passive, which Slavic verbs end to show."""
    return next(
        (
            f"“{o.quoted}” and “{o.spoken}” may differ in who acts"
            for o in passage.operations
            if o.kind in MATCHES and o.quoted and o.spoken and _voice_may_differ(passage, o)
        ),
        None,
    )


def _same_case(passage: Passage, operation: Operation) -> bool:
    """Whether two words of a set, not forms of one, end alike as nouns do."""
    quoted, spoken = passage.quoted(operation), passage.spoken(operation)
    return (
        operation.kind is OperationKind.VARIANT
        and quoted is not None
        and passage.lexicon.same_case(quoted.key, spoken[0].key)
    )


def _same_endings(passage: Passage, pairs: tuple[tuple[int, int], ...]) -> bool:
    search = passage.search
    return all(search.quoted[q].key == search.spoken[s].key for q, s in pairs)


def _sorted(clauses: list[Clause]) -> Counter[Clause]:
    return Counter(tuple(sorted(clause)) for clause in clauses)


def _circumstance(passage: Passage, pair: tuple[int, int]) -> bool:
    """Whether a word that moved is a time or place which took its preposition along."""
    lexicon, tokens = passage.lexicon, (passage.search.quote, passage.speech.tokens)
    if tokens[0][pair[0]].key in lexicon.adverbs:
        return True
    before = [side[at - 1].key if at else "" for side, at in zip(tokens, pair, strict=True)]
    return before[0] == before[1] and before[0] in lexicon.prepositions


def _clause_moved(passage: Passage) -> bool:
    """Whether a word that begins a clause ("if", "when") is not where it was heard."""
    return any(
        o.kind not in MATCHES and token.key in passage.lexicon.joiners
        for o in passage.operations
        if (token := passage.quoted(o)) is not None and token.key not in passage.lexicon.particles
    )


def _acts_on_both(passage: Passage) -> bool:
    """Whether something of content stands before and after the verb on both sides."""
    matched = [o for o in passage.operations if o.kind in MATCHES and _has_content(passage, o)]
    return len(matched) >= _DOER_DEED_DONE_TO


def _has_content(passage: Passage, operation: Operation) -> bool:
    token = passage.quoted(operation)
    return token is not None and passage.is_content(token)


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
