"""
How many, and whom: numbers, units, names, and things that exclude one another.

A likeness of words cannot see these: "fourteen" and "forty" are spelled nearly alike, and
so are the names of two towns. Only listed knowledge is used; what the lists do not cover is
never assumed to agree.
"""

from rapidfuzz import fuzz

from transcription.alignment.comparison import Operation, OperationKind
from transcription.alignment.passage import MATCHES, Aspect, Passage, aspect
from transcription.text import Boundary, Kind, Token

_SIMILAR_NAME = 60
_ONE = {"a", "an"}
_SUBJECTS = {"i", "you", "he", "she", "it", "we", "they", "who"}
_NOT_LAID_BESIDE = {
    OperationKind.GAP,
    OperationKind.WILDCARD,
    OperationKind.UNHEARD,
    *MATCHES,
}


def numbers(passage: Passage) -> Aspect:
    """Whether every number is the same; "one" spelled out is a word like others."""
    differs: list[str] = []
    unsure: list[str] = []
    met = False
    for operation in passage.operations:
        quoted = passage.quoted(operation)
        asked = quoted is not None and quoted.kind is Kind.NUMBER
        heard = [t for t in passage.spoken(operation) if t.kind is Kind.NUMBER]
        met = met or asked or bool(heard)
        if operation.kind is OperationKind.INFLECTED and _counts(passage, operation):
            unsure.append(f"one or several: “{operation.quoted}” for “{operation.spoken}”")
        if quoted is not None and asked and operation.kind is OperationKind.UNHEARD:
            unsure.append(f"the number “{quoted.text}” could not be heard")
        if operation.kind in _NOT_LAID_BESIDE:
            continue
        if quoted is not None and asked and heard:
            differs.append(f"the quote has “{quoted.text}” where “{heard[0].text}” was heard")
        elif quoted is not None and asked and not _is_spelled_one(quoted):
            unsure.append(f"the number “{quoted.text}” was not heard")
        elif heard and not asked and not _is_spelled_one(heard[0]):
            unsure.append(f"the number “{heard[0].text}” was heard and is not in the quote")
    unsure += _few(passage)
    return aspect(differs, unsure, met=met)


def names(passage: Passage) -> Aspect:
    """Whether capitalised words inside sentences, and members of exclusive sets, are the same."""
    differs: list[str] = []
    unsure: list[str] = []
    met = False
    for operation in passage.operations:
        quoted, heard = passage.quoted(operation), passage.spoken(operation)
        if quoted is None or quoted.kind is not Kind.WORD:
            continue
        named = _is_name(quoted)
        met = met or named
        if named and operation.kind is OperationKind.UNHEARD:
            unsure.append(f"the name “{quoted.text}” could not be heard")
        if operation.kind is OperationKind.SUBSTITUTED and heard:
            exclusion = passage.lexicon.exclusion(quoted.key, heard[0].key)
            unlike = fuzz.ratio(quoted.key, heard[0].key) < _SIMILAR_NAME
            if exclusion or (named and _is_name(heard[0]) and unlike):
                differs.append(f"the quote has “{quoted.text}” where “{heard[0].text}” was heard")
                met = True
            elif named:
                unsure.append(f"the name “{quoted.text}” could not be told from “{heard[0].text}”")
        elif operation.kind is OperationKind.ADDED and named:
            unsure.append(f"the name “{quoted.text}” was not heard")
    return aspect(differs, unsure, met=met)


def _counts(passage: Passage, operation: Operation) -> bool:
    """Whether an English word was changed between one and several; "they attack(s)" was not."""
    at, token = operation.quote_token, passage.quoted(operation)
    if passage.lexicon.language != "en" or at is None or token is None:
        return False
    keys = sorted((token.key, passage.spoken(operation)[0].key), key=len)
    plural = keys[1] in {keys[0] + "s", keys[0] + "es", keys[0].removesuffix("y") + "ies"}
    before = {
        passage.search.quote[at - 1].key if at else "",
        passage.speech.tokens[operation.spoken_tokens.start - 1].key,
    }
    action = passage.search.quoted[at].concept in passage.lexicon.actions
    return plural and not (action and before <= _SUBJECTS)


def _few(passage: Passage) -> list[str]:
    """Words that mean another quantity with an article than without: "few", "a few"."""
    lexicon, tokens = passage.lexicon, passage.speech.tokens
    found = []
    for operation in passage.operations:
        token, at = passage.quoted(operation), operation.quote_token
        if token is None or at is None or operation.kind not in MATCHES:
            continue
        if token.key in lexicon.quantified and operation.spoken_tokens:
            spoken = operation.spoken_tokens.start
            ours = at > 0 and passage.search.quote[at - 1].key in _ONE
            theirs = spoken > 0 and tokens[spoken - 1].key in _ONE
            if ours != theirs:
                found.append(f"“{token.text}” and “a {token.text}” are not the same quantity")
    return found


def _is_spelled_one(token: Token) -> bool:
    return token.key == "1" and not token.text.isdigit()


def _is_name(token: Token) -> bool:
    first = token.text.lstrip("[")[:1]
    return (
        first.isupper()
        and token.kind is Kind.WORD
        and token.boundary is not Boundary.SENTENCE
        and token.key != "i"
    )
