"""
Signs in a quote that are no spoken word, typed: what each stands for when words are compared.

What is a sign is decided where quotes are compared (`transcription.text`); here each is told once, by its own
brackets, with the one that a comparison need not know: a letter changed in case (`[T]he`).
"""

import re

from transcription.alignment import MAX_QUOTE_CHARACTERS
from transcription.marks import MarkKind
from transcription.quotation.proposal import Sign, SignKind, Stretch
from transcription.text import Kind, Token, tokens

_LETTER = re.compile(r"\[\w\](?=\w)")
_WIDEST = 202
"""No bracket that is read holds more characters than this."""
_BY_MARK: dict[MarkKind | None, SignKind] = {
    MarkKind.EXPLETIVE: SignKind.EXPLETIVE,
    MarkKind.REDACTED: SignKind.EDITORIAL,
}


def typed(text: str, place: Stretch, *, language: str) -> tuple[Sign, ...]:
    """
    The signs of one quote, in order; their places count in `text`.

    None for a passage that is longer than any quote that is compared.
    """
    words = place.of(text)
    if len(words) > MAX_QUOTE_CHARACTERS:
        return ()
    found = [
        Sign(SignKind.LETTER, place.start + m.start(), place.start + m.end())
        for m in _LETTER.finditer(words)
    ]
    until = 0
    for token in tokens(words, language=language, quoted=True):
        kind = _kind(token)
        if kind is None or token.start < until:
            continue
        start, end = token.start, token.end
        if token.kind is Kind.OPTIONAL:
            start, end = _brackets(words, token)
        until = end
        found.append(Sign(kind, place.start + start, place.start + end))
    return tuple(sorted(found, key=lambda sign: sign.start))


def _brackets(words: str, token: Token) -> tuple[int, int]:
    """The brackets around a word that was put in."""
    first, last = max(0, token.start - _WIDEST), token.end + _WIDEST
    opened = max(words.rfind(mark, first, token.start) for mark in "[(")
    places = [words.find(mark, token.end, last) for mark in "])"]
    closed = min((at for at in places if at >= 0), default=token.end - 1)
    return (token.start if opened < 0 else opened), closed + 1


def _kind(token: Token) -> SignKind | None:
    match token.kind:
        case Kind.GAP:
            return SignKind.ELLIPSIS
        case Kind.OPTIONAL:
            return SignKind.EDITORIAL
        case Kind.WILD:
            return _BY_MARK.get(token.mark, SignKind.UNINTELLIGIBLE)
        case Kind.WORD | Kind.NUMBER:
            return None
