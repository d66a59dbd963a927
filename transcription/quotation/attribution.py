"""
Which verb of saying goes with a quote, and by what rule.

In order: a verb right before the quote; a verb right after it; what was announced with a colon; a verb
elsewhere in the same sentence; the speaker of the quote before, where this one follows without a
word between; the paragraphs around, for what stands alone.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from transcription.quotation.layout import MASK
from transcription.quotation.passage import Passage
from transcription.quotation.proposal import QuoteForm, Stretch, Way
from transcription.quotation.sayings import Manner, Saying, unlisted
from transcription.quotation.scope import Scope

_MARKS = " \t\u00a0\"'“”„«»‘’‚‹›"
_MOST_BETWEEN = 4
"""Most words between a verb and the quote that it introduces directly."""
_JOINED = re.compile(
    r"[\s\"'“”„«»‘’,\ue000]*(?:(?:and|or|і|й|та|и|или|або)\b)?[\s\"'“”„«»‘’,\ue000]*"
)
_POINTING_BACK = 40
"""How many characters after a verb may hold the "this" that points back."""

Around = tuple[Scope | None, Scope | None]


class How(StrEnum):
    """Where the words that attribute a quote stand."""

    BEFORE = "before"
    AFTER = "after"
    SENTENCE = "sentence"
    CONTINUED = "continued"
    AROUND = "around"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class Attribution:
    """The saying that a quote goes with, if there is one, and how it was found."""

    how: How
    saying: Saying | None = None
    scope: Scope | None = None

    @property
    def direct(self) -> bool:
        """Whether the words stand right at the quote."""
        return self.how in {How.BEFORE, How.AFTER}


NOBODY = Attribution(How.NOWHERE)


def attributed(
    text: str,
    passage: Passage,
    scope: Scope,
    *,
    ending: Scope,
    around: Around,
    previous: Attribution | None,
) -> Attribution:
    """
    The attribution of one passage.

    `scope` is where it begins, `ending` where it ends (quotes run over paragraphs), `around`
    the paragraphs before and after, `previous` that of the passage before in the same scope.
    """
    if passage.form is QuoteForm.CAPTION or not scope.sentences:
        return NOBODY
    if passage.way is Way.BLOCK:
        return _beside(scope, around)
    at = scope.at(passage.outer.start)
    alone = not any(
        c.isalnum() for c in scope.frame[scope.sentences[at].start : passage.outer.start]
    )
    return (
        _right_before(passage, scope, at)
        or _right_after(text, passage, ending)
        or (_announced(passage, scope, around[0], at) if alone else None)
        or (_continued(previous) or NOBODY if passage.way is Way.DIALOGUE else None)
        or _in_sentence(passage, scope, at)
        or _at_the_end(passage, ending)
        or (_continued(previous) if alone else None)
        or (_beside(scope, around) if alone and _stands_alone(passage, scope, at) else NOBODY)
    )


def _right_before(passage: Passage, scope: Scope, at: int) -> Attribution | None:
    before = [s for s in scope.sayings[at] if s.verb.end <= passage.outer.start]
    if before and _introduces(scope, before[-1], passage):
        return Attribution(How.BEFORE, before[-1], scope)
    return None


def _introduces(scope: Scope, saying: Saying, passage: Passage) -> bool:
    """Whether a verb before a quote stands right before it."""
    start = saying.verb.end
    if saying.follows and saying.subject is not None:
        start = saying.subject.place.end
    between = scope.frame[start : passage.outer.start]
    if saying.follows and not re.search(r"[:,—–]", between):
        return False  # the words belong to the description of the speaker
    if MASK in between:
        quote = between.index(MASK)
        return _few(between[:quote]) and _JOINED.fullmatch(between[quote:]) is not None
    if saying.manner is Manner.NAMING:
        return len(between.split()) <= 2 * _MOST_BETWEEN and not re.search(r"[.;:]", between)
    return _few(between)


def _few(between: str) -> bool:
    stripped = between.strip(_MARKS)
    if stripped.endswith(":"):
        return not re.search(r"[.;!?]", stripped)
    return len(stripped.split()) <= _MOST_BETWEEN and not re.search(r"[.;!?]|,\s*\w", stripped)


def _right_after(text: str, passage: Passage, ending: Scope) -> Attribution | None:
    """The verb that a quote is followed by: `, he said`, `— сказал он`."""
    if not ending.sentences:
        return None
    at, end = ending.at(_last(passage)), passage.outer.end
    edge = text[max(passage.place.end - 1, end - 3) : end + 1] + ending.frame[end : end + 3]
    first = next((s for s in ending.sayings[at] if s.verb.start >= end), None)
    if first is not None:
        begin = _begins(first, end)
        between = ending.frame[end:begin].strip(_MARKS + ",—–-")
        pronoun = ending.lexicon.lists(
            ending.frame[begin : first.verb.start].strip(), "pronouns_person", "pronouns_plural"
        )
        if not between and (re.search(r"[,!?…—–-]", edge) or pronoun):
            return Attribution(How.AFTER, first, ending)
    if "," not in text[passage.place.end - 1 : end] + ending.frame[end : end + 1]:
        return None
    found = unlisted(ending.frame, ending.sentences[at], end, ending.lexicon)
    return Attribution(How.AFTER, found, ending) if found else None


def _in_sentence(passage: Passage, scope: Scope, at: int) -> Attribution | None:
    """The last verb before a quote in its sentence, else the source that it names."""
    before = [s for s in scope.sayings[at] if s.verb.end <= passage.outer.start]
    verbs = [s for s in before if s.manner not in {Manner.NOUN, Manner.SOURCE}]
    sources = [s for s in before if s.manner is Manner.SOURCE]
    for found in (verbs, sources):
        if found:
            return Attribution(How.SENTENCE, found[-1], scope)
    return None


def _at_the_end(passage: Passage, ending: Scope) -> Attribution | None:
    """A verb that closes the sentence: `, officials said.`"""
    if not ending.sentences:
        return None
    end = passage.outer.end
    later = [s for s in ending.sayings[ending.at(_last(passage))] if s.verb.start >= end]
    if not later:
        return None
    last = later[-1]
    comma = ending.frame[end : _begins(last, end)].rstrip().endswith(",")
    if comma or last.manner is Manner.SOURCE:
        return Attribution(How.SENTENCE, last, ending)
    return None


def _announced(
    passage: Passage, scope: Scope, before: Scope | None, at: int
) -> Attribution | None:
    """What ends with a colon right before the sentence of a quote, there or a paragraph earlier."""
    where, number = (scope, at - 1) if at else (before, -1)
    if where is None or not where.sentences or passage.depth:
        return None
    sentence = where.sentences[number]
    if not sentence.of(where.frame).rstrip().endswith(":") or not where.sayings[number]:
        return None
    return Attribution(How.BEFORE, where.sayings[number][-1], where)


def _stands_alone(passage: Passage, scope: Scope, at: int) -> bool:
    """Whether a quote is the first sentence of its paragraph, the whole of it."""
    rest = scope.frame[passage.outer.end : scope.sentences[at].end]
    return not at and not passage.depth and not any(c.isalnum() for c in rest)


def _continued(previous: Attribution | None) -> Attribution | None:
    if previous is None or previous.saying is None:
        return None
    return Attribution(How.CONTINUED, previous.saying, previous.scope)


def _beside(scope: Scope, around: Around) -> Attribution:
    """Who is named around a passage that stands alone."""
    before, after = around
    if after is not None and after.sentences:
        saying = next((s for s in after.sayings[0] if s.subject is not None), None)
        if saying is not None:
            end = min(saying.verb.end + _POINTING_BACK, after.sentences[0].end)
            said = Stretch(saying.verb.end, end).of(after.frame)
            if scope.lexicon.mentions(said, "demonstratives"):
                return Attribution(How.AROUND, saying, after)
    for where, sentences in (
        (before, reversed(before.sayings) if before else ()),
        (after, after.sayings if after else ()),
    ):
        for sentence in sentences:
            for saying in sentence:
                if saying.subject is not None:
                    return Attribution(How.AROUND, saying, where)
    return NOBODY


def _last(passage: Passage) -> int:
    """The last place that a passage takes."""
    return max(passage.outer.start, passage.outer.end - 1)


def _begins(saying: Saying, end: int) -> int:
    """Where a verb with its subject begins, if the subject stands after `end`."""
    subject = saying.subject
    if subject is None or saying.follows or subject.place.start < end:
        return saying.verb.start
    return min(saying.verb.start, subject.place.start)
