"""
What the quote leaves out under cover: conditions cut off, and words behind its own marks.

"We should bring the boxes" is not "bring the boxes", although every quoted word was spoken;
and a gap in the right place makes "seize the commander and kill the rest" into "seize … the
rest". Neither shows in a comparison of words, so both are asked about here.
"""

from transcription.alignment.comparison import OperationKind
from transcription.alignment.passage import Aspect, Passage, aspect
from transcription.text import Kind, Token

_EXPLETIVE = 3
_JUST = 3
_MYSELF = {"i", "я"}
_MEANINGS = {
    "condition": "holds under a condition only",
    "limit": "is limited",
    "possibility": "is only possible",
    "obligation": "is a duty and not yet a fact",
    "future": "is still to come",
    "attempt": "is wanted or tried",
    "denial": "is refused or denied",
    "report": "is somebody's report",
    "question": "is a question",
    "unreal": "is not so",
    "nearness": "is only nearly so",
    "setting": "is practised, played or joked",
}
_SHOWN = 12


def reservations(passage: Passage) -> Aspect:
    """Whether what was spoken under a reservation ("if", "they say") is quoted without it."""
    unsure = [
        f"“{words}” was heard {_how_near(distance)} before, and the quote begins after it: "
        f"{with_it(kind)}"
        for words, kind, distance in _leading(passage)
    ]
    after = passage.after(passage.ONWARD)
    unsure += [
        f"“{words}” was heard after the quote ends: {with_it(kind)}"
        for words, kind, _ in reserving(passage, after)
        if kind in passage.lexicon.cut_off
    ]
    for operation in passage.operations:
        if operation.kind in {OperationKind.GAP, OperationKind.WILDCARD}:
            unsure += [
                f"a mark in the quote stands where “{words}” was heard: {with_it(kind)}"
                for words, kind, _ in reserving(passage, passage.spoken(operation))
            ]
    return aspect([], unsure, met=bool(unsure))


def reserving(passage: Passage, tokens: tuple[Token, ...]) -> list[tuple[str, str, int]]:
    """The words among these that make a reservation: as said, of what kind, and where."""
    found = []
    lexicon = passage.lexicon
    for at, token in enumerate(tokens):
        kind, words = lexicon.reservation(token.key), token.text
        if kind is None and at + 1 < len(tokens):
            following = tokens[at + 1]
            kind = lexicon.reservations.together(token.key, following.key)
            words = f"{token.text} {following.text}"
        if kind is not None:
            found.append((words, kind, at))
    return found


def with_it(kind: str) -> str:
    """What a reservation of this kind makes of what is said, as the end of a sentence."""
    return f"with it, what is said {_MEANINGS[kind]}"


def _leading(passage: Passage) -> list[tuple[str, str, int]]:
    """
    Reservations before the quote, of what kind, and how many words before it.

    What the speaker says of himself to be saying ("I repeat", "I said") is no report.
    """
    tokens = passage.before(passage.FURTHER)
    return [
        (words, kind, len(tokens) - at)
        for words, kind, at in reserving(passage, tokens)
        if not (kind == "report" and at and tokens[at - 1].key in _MYSELF)
    ]


def _how_near(distance: int) -> str:
    return "just" if distance <= _JUST else "not long"


def gaps(passage: Passage) -> Aspect:
    """
    Whether what the quote's own marks stand for could change what the rest of it says.

    A gap may join a verb to what was done to something else, so words of content under a mark
    leave roles unknown. Only a taken-out expletive of a word or two is let pass.
    """
    marks = [
        o for o in passage.operations if o.kind in {OperationKind.GAP, OperationKind.WILDCARD}
    ]
    unsure: list[str] = []
    for operation in marks:
        mark, hidden = passage.quoted(operation), passage.spoken(operation)
        content = [t for t in hidden if passage.is_content(t)]
        listed = any(passage.lexicon.concept(t.key) or t.kind is Kind.NUMBER for t in content)
        expletive = mark is not None and 0 < mark.reach <= _EXPLETIVE and not listed
        if content and not (expletive and len(content) < _EXPLETIVE):
            words = " ".join(t.text for t in hidden[:_SHOWN])
            unsure.append(f"a mark in the quote stands where “{words}” was heard")
    return aspect([], unsure, met=bool(marks))
