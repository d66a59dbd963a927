"""
What whoever listened could not hear, or was not sure of, where the quote has words.

A stretch marked `[unintelligible]` speaks neither for a quote nor against it, and a word
written `[truck?]` may have been another. Both leave the comparison open, and so does a mark
that the quote passes over: what was said there might have been "not".
"""

from transcription.alignment.comparison import OperationKind
from transcription.alignment.passage import MATCHES, Aspect, Passage, aspect
from transcription.marks import MarkKind
from transcription.text import Kind, Token

_SHOWN = 12


def hearing(passage: Passage) -> Aspect:
    """Whether everything that the quote stands by was heard, and without doubt."""
    unheard = [o.quoted for o in passage.operations if o.kind is OperationKind.UNHEARD]
    unsure: list[str] = []
    if unheard:
        words = " ".join(word or "" for word in unheard[:_SHOWN])
        more = f" and {len(unheard) - _SHOWN} more words" if len(unheard) > _SHOWN else ""
        unsure.append(
            f"“{words}”{more} could not be compared: the transcript has "
            f"{_listed(_marks(passage))} there"
        )
    for operation in passage.operations:
        quoted, heard = passage.quoted(operation), passage.spoken(operation)
        if operation.kind is OperationKind.WILDCARD and quoted is not None:
            unsure += [
                f"the quote has {quoted.text} where the transcript has {token.text}"
                for token in heard
                if token.kind is Kind.WILD and token.mark is not quoted.mark
            ]
        elif operation.kind is OperationKind.GAP:
            unsure += [
                f"a mark in the quote stands where the transcript has {token.text}"
                for token in heard
                if token.kind is Kind.WILD
            ]
        elif operation.kind in MATCHES:
            unsure += [
                f"“{token.text}” was heard with doubt"
                for token in heard
                if token.mark is MarkKind.UNCERTAIN
            ]
    return aspect([], unsure, met=bool(unsure))


def passed_over(passage: Passage) -> list[Token]:
    """Marks that hide words, between words that the quote puts next to one another."""
    return [
        token
        for operation in passage.operations
        if operation.kind is OperationKind.OMITTED
        for token in passage.spoken(operation)
        if token.kind is Kind.WILD
    ]


def _marks(passage: Passage) -> list[str]:
    return [
        token.text
        for operation in passage.operations
        if operation.kind is OperationKind.UNHEARD
        for token in passage.spoken(operation)
    ]


def _listed(marks: list[str]) -> str:
    return ", ".join(dict.fromkeys(marks))
