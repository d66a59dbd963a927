"""
What a likeness of words cannot see: who does what to whom, whether at all, and how many.

No score on words separates a true variant of an order from its opposite: "do not kill the
rest" is nine tenths the same as "kill the rest". So each aspect of meaning is compared by
itself, from word lists of the language, and its answer is one of four: the two agree, they
differ, they could not be compared, or there was nothing of the kind to compare. Only listed
knowledge is used; what the lists do not cover is never assumed to agree.

Words next to the place count too. A quote that begins one word after a "not" is word for word
what was said, and says the opposite.
"""

from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz

from transcription.alignment.comparison import Operation, OperationKind, operations
from transcription.alignment.lexicon import Lexicon
from transcription.alignment.likeness import Likeness, likeness
from transcription.alignment.locate import Place, Search
from transcription.alignment.speech import Speech
from transcription.text import Boundary, Kind, Token

MATCHES = {OperationKind.SAME, OperationKind.INFLECTED, OperationKind.VARIANT}
_NEAR = 3
_FAR = 4
_SIMILAR_NAME = 60
_EXPLETIVE = 3
_SHOWN = 12


class Outcome(StrEnum):
    """How one aspect of meaning compares."""

    AGREES = "agrees"
    DIFFERS = "differs"
    NOT_COMPARED = "not_compared"
    NOTHING_TO_COMPARE = "nothing_to_compare"


@dataclass(frozen=True, slots=True)
class Aspect:
    """The outcome for one aspect and a sentence for each thing that led to it."""

    outcome: Outcome
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A quote laid along one place of a transcript: what every comparison of meaning reads."""

    search: Search
    speech: Speech
    place: Place
    operations: tuple[Operation, ...]
    lexicon: Lexicon
    isolated: frozenset[tuple[int | None, int]]
    """Operations with no matched word near them, by quoted token and first spoken one."""

    def quoted(self, operation: Operation) -> Token | None:
        """The token of the quote that an operation is about."""
        at = operation.quote_token
        return self.search.quote[at] if at is not None else None

    def spoken(self, operation: Operation) -> tuple[Token, ...]:
        """The tokens of the speech that it is about."""
        return self.speech.tokens[operation.spoken_tokens.start : operation.spoken_tokens.stop]

    def before(self) -> tuple[Token, ...]:
        """Up to three words spoken just before, in the same sentence as far as is marked."""
        tokens, first = self.speech.tokens, self.place.first
        begin = first
        while begin > max(0, first - _NEAR) and tokens[begin].boundary is not Boundary.SENTENCE:
            begin -= 1
        return tokens[begin:first]

    def after(self) -> tuple[Token, ...]:
        """Up to two words spoken just after, with no punctuation between."""
        tokens, end = self.speech.tokens, self.place.last
        while (
            end < min(len(tokens), self.place.last + _NEAR - 1)
            and tokens[end].boundary is Boundary.NONE
        ):
            end += 1
        return tokens[self.place.last : end]

    def is_content(self, token: Token) -> bool:
        """Whether a token is a word of content, as opposed to one that any sentence has."""
        lexicon = self.lexicon
        listed = lexicon.concept(token.key) is not None
        plain = token.key not in lexicon.common | lexicon.light | lexicon.negators
        return token.kind in {Kind.WORD, Kind.NUMBER} and (listed or plain)

    def far(self, operation: Operation) -> bool:
        """Whether an operation lies deep inside words without any counterpart."""
        return (operation.quote_token, operation.spoken_tokens.start) in self.isolated


def lay_out(search: Search, speech: Speech, place: Place, lexicon: Lexicon) -> Passage:
    """Lay a quote along a place, ready to be compared."""
    found = operations(search, speech, place)
    matches = [at for at, o in enumerate(found) if o.kind in MATCHES]
    reached = {near for at in matches for near in range(at - _FAR, at + _FAR + 1)}
    isolated = frozenset(
        (o.quote_token, o.spoken_tokens.start) for at, o in enumerate(found) if at not in reached
    )
    return Passage(search, speech, place, found, lexicon, isolated)


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
        if quoted is not None and denied and not heard:
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
        unsure.append("what was said just before the quote could not be heard")
    differs += _opposites(passage)
    return _aspect(differs, unsure, met=met, always=True)


def _opposites(passage: Passage) -> list[str]:
    """Unmatched words of the quote whose listed opposite was spoken there, unmatched too."""
    lone = [o for o in passage.operations if o.kind not in MATCHES and not passage.far(o)]
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
        if operation.kind in {OperationKind.GAP, OperationKind.WILDCARD, *MATCHES}:
            continue
        if quoted is not None and asked and heard:
            differs.append(f"the quote has “{quoted.text}” where “{heard[0].text}” was heard")
        elif quoted is not None and asked and not _is_spelled_one(quoted):
            unsure.append(f"the number “{quoted.text}” was not heard")
        elif heard and not asked and not _is_spelled_one(heard[0]):
            unsure.append(f"the number “{heard[0].text}” was heard and is not in the quote")
    return _aspect(differs, unsure, met=met)


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
    return _aspect(differs, unsure, met=met)


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
    return _aspect([], unsure, met=bool(unsure))


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
    return _aspect([], unsure, met=bool(marks))


def _aspect(differs: list[str], unsure: list[str], *, met: bool, always: bool = False) -> Aspect:
    if differs:
        return Aspect(Outcome.DIFFERS, tuple(dict.fromkeys(differs)))
    if unsure:
        return Aspect(Outcome.NOT_COMPARED, tuple(dict.fromkeys(unsure)))
    return Aspect(Outcome.AGREES if met or always else Outcome.NOTHING_TO_COMPARE)


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
