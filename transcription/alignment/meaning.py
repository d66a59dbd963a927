"""
What a likeness of words cannot see: whether at all, how many, and whom.

No score on words separates a true variant of an order from its opposite: "do not kill the
rest" is nine tenths the same as "kill the rest". So each aspect of meaning is compared by
itself, from word lists of the language. Only listed knowledge is used; what the lists do not
cover is never assumed to agree.
"""

from rapidfuzz import fuzz

from transcription.alignment.comparison import Operation, OperationKind
from transcription.alignment.hearing import passed_over
from transcription.alignment.likeness import Likeness, likeness
from transcription.alignment.passage import MATCHES, Aspect, Passage, aspect
from transcription.text import Boundary, Kind, Token

_SIMILAR_NAME = 60
_NOT_LAID_BESIDE = {
    OperationKind.GAP,
    OperationKind.WILDCARD,
    OperationKind.UNHEARD,
    *MATCHES,
}


def polarity(passage: Passage) -> Aspect:
    """Whether the same things are affirmed and denied: negations and listed opposites."""
    differs: list[str] = []
    unsure: list[str] = []
    negators = passage.lexicon.negators
    met = False
    for operation in passage.operations:
        quoted = passage.quoted(operation)
        denied = quoted is not None and quoted.key in negators
        heard = [t.text for t in passage.spoken(operation) if t.key in negators]
        met = met or denied or bool(heard)
        if quoted is not None and denied and operation.kind is OperationKind.UNHEARD:
            unsure.append(f"whether “{quoted.text}” was said could not be heard")
        elif quoted is not None and denied and not heard:
            (unsure if passage.far(operation) else differs).append(
                f"the quote has “{quoted.text}” where no negation was heard"
            )
        elif (
            heard and not denied and operation.kind in {OperationKind.GAP, OperationKind.WILDCARD}
        ):
            unsure.append(f"a mark in the quote stands where “{heard[0]}” was heard")
        elif heard and not denied:
            (unsure if passage.far(operation) else differs).append(
                f"“{heard[0]}” was heard and is not in the quote"
            )
    differs += [
        f"“{token.text}” was heard just before, and the quote begins after it"
        for token in passage.before()
        if token.key in negators
    ]
    unsure += [
        f"“{token.text}” was heard just after the quote ends"
        for token in passage.after()
        if token.key in negators
    ]
    if any(token.kind is Kind.WILD for token in passage.before()[-1:]):
        unsure.append("what was said just before the quote is not in the transcript")
    if any(token.kind is Kind.WILD for token in passage.after()[:1]):
        unsure.append("what was said just after the quote is not in the transcript")
    unsure += [
        f"at {token.text} something was said that the transcript does not give, and the quote "
        "passes over it"
        for token in passed_over(passage)
    ]
    differs += _opposites(passage)
    return aspect(differs, unsure, met=met, always=True)


def _opposites(passage: Passage) -> list[str]:
    """Unmatched words of the quote whose listed opposite was spoken there, unmatched too."""
    lone = [
        o
        for o in passage.operations
        if o.kind not in MATCHES | {OperationKind.UNHEARD} and not passage.far(o)
    ]
    quoted = [
        (passage.search.quoted[o.quote_token], token)
        for o in lone
        if o.quote_token is not None and (token := passage.quoted(o)) is not None
    ]
    at = [index for o in lone for index in o.spoken_tokens]
    begin = passage.place.first - len(passage.before())
    at += [*range(begin, passage.place.first)]
    at += [*range(passage.place.last, passage.place.last + len(passage.after()))]
    return [
        f"the quote has “{token.text}” where its opposite “{passage.speech.tokens[i].text}” "
        "was heard"
        for unit, token in quoted
        for i in at
        if likeness(unit, passage.search.spoken[i], passage.lexicon) is Likeness.OPPOSITE
    ]


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
    """Whether an English noun was changed between one and several."""
    at, token = operation.quote_token, passage.quoted(operation)
    if passage.lexicon.language != "en" or at is None or token is None:
        return False
    keys = sorted((token.key, passage.spoken(operation)[0].key), key=len)
    plural = keys[1] in {keys[0] + "s", keys[0] + "es", keys[0].removesuffix("y") + "ies"}
    before = {
        passage.search.quote[at - 1].key if at else "",
        passage.speech.tokens[operation.spoken_tokens.start - 1].key,
    }
    return plural and bool(before & (passage.lexicon.light - passage.lexicon.fillers))


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
