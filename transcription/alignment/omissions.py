"""
What the quote leaves out under cover: conditions cut off, and words behind its own marks.

"We should bring the boxes" is not "bring the boxes", although every quoted word was spoken;
and a gap in the right place makes "seize the commander and kill the rest" into "seize … the
rest". Neither shows in a comparison of words, so both are asked about here.
"""

from transcription.alignment.comparison import OperationKind
from transcription.alignment.passage import Aspect, Passage, aspect
from transcription.text import Kind

_EXPLETIVE = 3
_SHOWN = 12


def reservations(passage: Passage) -> Aspect:
    """Whether what was spoken under a reservation ("if", "should") is quoted without it."""
    reserves = passage.lexicon.reserves
    unsure = [
        f"“{token.text}” was heard just before, and the quote begins after it"
        for token in passage.before()
        if reserves(token.key)
    ]
    unsure += [
        f"“{token.text}” was heard just after the quote ends"
        for token in passage.after()
        if reserves(token.key)
    ]
    for operation in passage.operations:
        if operation.kind in {OperationKind.GAP, OperationKind.WILDCARD}:
            unsure += [
                f"a mark in the quote stands where “{token.text}” was heard"
                for token in passage.spoken(operation)
                if reserves(token.key)
            ]
    return aspect([], unsure, met=bool(unsure))


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
