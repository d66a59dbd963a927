"""
Whether the same things are affirmed and denied: negations, and listed opposites.

No score on words separates a true variant of an order from its opposite: "do not kill the
rest" is nine tenths the same as "kill the rest". So negations are laid against negations.
One that stands on one side only reverses what is said. As many on either side may say the
same in other words ("leave nobody alive", "do not leave anyone alive"), unless the same "not"
denies another word; and a negation together with an opposite may cancel out ("not safe",
"unsafe"). Both of these the machine leaves to a person.
"""

from collections import Counter
from dataclasses import dataclass, field

from transcription.alignment.comparison import Operation, OperationKind
from transcription.alignment.hearing import passed_over
from transcription.alignment.likeness import Likeness, likeness
from transcription.alignment.passage import MATCHES, Aspect, Passage, aspect
from transcription.text import Boundary, Kind, Token

_MARKS = {OperationKind.GAP, OperationKind.WILDCARD}


@dataclass(slots=True)
class _Negations:
    """What was found: negators on one side only (as indices of tokens), and sentences."""

    quoted: list[int] = field(default_factory=list)
    heard: list[int] = field(default_factory=list)
    matched: bool = False
    differs: list[str] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)


def polarity(passage: Passage) -> Aspect:
    """Whether the same things are affirmed and denied."""
    found = _negations(passage)
    before = passage.before()
    denying = [t for t in before if t.key in passage.lexicon.negators]
    found.differs += [
        f"“{token.text}” was heard just before, and the quote begins after it" for token in denying
    ]
    found.unsure += [
        f"“{token.text}” was heard not long before, and may reach into the quote"
        for token in _same_clause(passage)[: -len(before) or None]
        if token.key in passage.lexicon.negators
    ]
    found.unsure += [
        f"“{token.text}” was heard just after the quote ends"
        for token in passage.after()
        if token.key in passage.lexicon.negators
    ]
    found.unsure += _unheard(passage)
    opposites = _opposites(passage)
    one_sided = len(found.quoted) + len(found.heard) + len(denying)
    if found.differs and (_reworded(passage, found, denying) or (opposites and one_sided)):
        found.unsure = [*found.differs, *opposites, *found.unsure]
        found.differs = []
    else:
        found.differs += opposites
    met = found.matched or bool(one_sided)
    found.unsure += _attached_otherwise(passage)
    return aspect(found.differs, found.unsure, met=met, always=True)


def _same_clause(passage: Passage) -> tuple[Token, ...]:
    """The words before the quote, as far back as no comma stands between."""
    tokens = (*passage.before(passage.FURTHER), passage.speech.tokens[passage.place.first])
    begins = [at for at, token in enumerate(tokens) if token.boundary is not Boundary.NONE]
    return tokens[begins[-1] if begins else 0 : -1]


def _negations(passage: Passage) -> _Negations:
    negators = passage.lexicon.negators
    found = _Negations()
    for operation in passage.operations:
        quoted = passage.quoted(operation)
        denied = quoted is not None and quoted.key in negators
        heard = [at for at in operation.spoken_tokens if passage.speech.tokens[at].key in negators]
        said = passage.speech.tokens[heard[0]].text if heard else ""
        into = found.unsure if passage.far(operation) else found.differs
        if denied and heard:
            found.matched = True
        elif quoted is not None and denied and operation.kind is OperationKind.UNHEARD:
            found.unsure.append(f"whether “{quoted.text}” was said could not be heard")
        elif quoted is not None and denied:
            into.append(f"the quote has “{quoted.text}” where no negation was heard")
            if operation.quote_token is not None:
                found.quoted.append(operation.quote_token)
        elif heard and operation.kind in _MARKS:
            found.unsure.append(f"a mark in the quote stands where “{said}” was heard")
        elif heard:
            into.append(f"“{said}” was heard and is not in the quote")
            found.heard += heard
    return found


def _reworded(passage: Passage, found: _Negations, denying: list[Token]) -> bool:
    """Whether the negations of the two sides may say the same in other words or another order."""
    lexicon = passage.lexicon
    tokens = passage.speech.tokens
    quoted = [passage.search.quote[at].key for at in found.quoted]
    heard = [tokens[at].key for at in found.heard] + [t.key for t in denying]
    if found.matched and {*quoted, *heard} <= lexicon.emphatic:
        return True
    if len(quoted) != len(heard):
        return False
    if {*quoted, *heard} <= lexicon.binding:
        ours = Counter(_denied(passage, passage.search.quote, at) for at in found.quoted)
        begin = passage.place.first - len(passage.before())
        before = [at for at in range(begin, passage.place.first) if tokens[at] in denying]
        theirs = Counter(_denied(passage, tokens, at) for at in (*found.heard, *before))
        return ours == theirs
    return True


def _denied(passage: Passage, tokens: tuple[Token, ...], at: int) -> str | None:
    """The word of content that a negator stands before, as the set or the stem it belongs to."""
    for token in tokens[at + 1 :]:
        if passage.is_content(token):
            concept = passage.lexicon.concept(token.key)
            return concept or min(passage.lexicon.stems(token.key), key=len)
    return None


def _unheard(passage: Passage) -> list[str]:
    """Marks of the transcript under which, or next to which, a negation may be."""
    unsure = []
    if any(token.kind is Kind.WILD for token in passage.before()[-1:]):
        unsure.append("what was said just before the quote is not in the transcript")
    if any(token.kind is Kind.WILD for token in passage.after()[:1]):
        unsure.append("what was said just after the quote is not in the transcript")
    return unsure + [
        f"at {token.text} something was said that the transcript does not give, and the quote "
        "passes over it"
        for token in passed_over(passage)
    ]


def _opposites(passage: Passage) -> list[str]:
    """Unmatched words of the quote whose opposite was spoken there, unmatched too."""
    lone = [
        o
        for o in passage.operations
        if o.kind not in MATCHES | {OperationKind.UNHEARD} and not passage.far(o)
    ]
    at = [index for o in lone for index in o.spoken_tokens]
    begin = passage.place.first - len(passage.before())
    at += [*range(begin, passage.place.first)]
    at += [*range(passage.place.last, passage.place.last + len(passage.after()))]
    return [
        f"the quote has “{token.text}” where its opposite “{passage.speech.tokens[i].text}” "
        "was heard"
        for o in lone
        if (token := passage.quoted(o)) is not None
        for i in at
        if _are_opposites(passage, o, i)
    ]


def _are_opposites(passage: Passage, operation: Operation, at: int) -> bool:
    assert operation.quote_token is not None
    quoted, spoken = passage.search.quoted[operation.quote_token], passage.search.spoken[at]
    if passage.lexicon.denied(quoted.key, spoken.key):
        return True
    # Only listed words have opposites, and few words are listed.
    listed = quoted.concept is not None and spoken.concept is not None
    return listed and likeness(quoted, spoken, passage.lexicon) is Likeness.OPPOSITE


def _attached_otherwise(passage: Passage) -> list[str]:
    """
    Words that rule over what stands on either side, cut off by a comma on one side only.

    "Казнить, нельзя помиловать" and "казнить нельзя, помиловать" are the same words.
    """
    unsure: list[str] = []
    steps = passage.operations
    for before, here, after in zip(steps, steps[1:], steps[2:], strict=False):
        quoted, spoken = passage.quoted(here), passage.spoken(here)
        if quoted is None or quoted.key not in passage.lexicon.modal_words or not spoken:
            continue
        if not {before.kind, here.kind, after.kind} <= MATCHES:
            continue
        following = passage.quoted(after)
        heard = passage.spoken(after)
        if following is None or not heard:
            continue
        first, said = passage.quoted(before), passage.spoken(before)
        ours = _cuts(passage, (first, quoted, following))
        theirs = _cuts(passage, (said[-1] if said else None, spoken[0], heard[0]))
        if ours != theirs:
            unsure.append(
                f"“{quoted.text}” belongs to what is before it or after it by punctuation alone, "
                "which differs"
            )
    return unsure


def _cuts(passage: Passage, around: tuple[Token | None, Token, Token]) -> tuple[bool, bool]:
    """Whether a word is cut off from what is before it and after; "не" goes with its word."""
    before, word, after = around
    bound = before is not None and before.key in passage.lexicon.binding
    cut = word.boundary is not Boundary.NONE or (
        bound and before is not None and before.boundary is not Boundary.NONE
    )
    return cut, after.boundary is not Boundary.NONE
