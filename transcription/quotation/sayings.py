"""
What each sentence of a report says about somebody saying something.

Found are verbs of saying with their subject ("a commander instructs"), sources ("according to
the ministry"), and nouns that stand for words right before a quote ("with the directive to").
A form that is as often a noun ("orders", "reports") counts as a verb only where a clause or a
quote follows it.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from transcription.quotation.beings import Being
from transcription.quotation.layout import MASK
from transcription.quotation.lexicon import Lexicon
from transcription.quotation.proposal import Stretch
from transcription.quotation.subjects import Subject, Subjects

_BEFORE_QUOTE = re.compile(r"\s*(?:[,:]|that|to|что|що)?\s*[\"“„«‘'”»]")
_ANNOUNCES = re.compile(r"[^.;:!?\ue000]{0,60}:\s*[\"“„«‘'”»]")
_OBJECT = re.compile(r"\s+(?:\w|[\"“„«‘])")
_SPOKEN_INFINITIVE = re.compile(r"(?:went|goes|continued|appears?|heard) (?:on )?to\Z")
_MOST_NOUNS = 8
"""Most nouns for words that are looked at in one sentence."""
_CLAUSE = re.compile(r"\s*(?:[,:]|that\b|что\b|що\b|,\s*(?:что|що)\b)")


class Manner(StrEnum):
    """How something is said."""

    SPEECH = "speech"
    WRITING = "writing"
    COMMAND = "command"
    REPLY = "reply"
    QUESTION = "question"
    NAMING = "naming"
    SOURCE = "source"
    """According to somebody."""
    NOUN = "noun"
    """A noun for the words themselves: an order, a phrase."""


_VERBS = (
    Manner.SPEECH,
    Manner.WRITING,
    Manner.COMMAND,
    Manner.REPLY,
    Manner.QUESTION,
    Manner.NAMING,
)


@dataclass(frozen=True, slots=True)
class Saying:
    """A verb (or noun, or source) in one sentence, and whose it is if the sentence says."""

    sentence: Stretch
    verb: Stretch
    manner: Manner
    subject: Subject | None
    follows: bool = False
    """Whether the subject stands after the verb."""


def sayings(frame: str, sentence: Stretch, lexicon: Lexicon) -> list[Saying]:
    """What one sentence says about saying, in order."""
    subjects = Subjects(frame, lexicon)
    found: list[Saying] = []
    nouns = [
        match.span()
        for match in lexicon.pattern("recordings", "exchanges").finditer(
            frame, sentence.start, sentence.end
        )
        if " " in match[0]
    ]
    for match in lexicon.pattern(*(manner.value for manner in _VERBS), "of_source").finditer(
        frame, sentence.start, sentence.end
    ):
        verb = Stretch(*match.span())
        if any(start <= verb.start < end for start, end in nouns):
            continue
        if lexicon.lists(match[0], "of_source"):
            subject = subjects.after(verb.end, sentence.end)
            found.append(Saying(sentence, verb, Manner.SOURCE, subject, follows=True))
            continue
        if _is_no_verb(frame, sentence, match, subjects):
            continue
        manner = next(m for m in _VERBS if lexicon.lists(match[0], m.value))
        found.append(_verb(frame, sentence, verb, manner, subjects, lexicon, found))
    found += _nouns(frame, sentence, subjects, lexicon)
    return sorted(found, key=lambda saying: saying.verb.start)


def _verb(
    frame: str,
    sentence: Stretch,
    verb: Stretch,
    manner: Manner,
    subjects: Subjects,
    lexicon: Lexicon,
    earlier: list[Saying],
) -> Saying:
    """A verb with its subject: before it, after it, or that of the verb it is joined to."""
    start = max([sentence.start, *(saying.verb.end for saying in earlier)])
    quoted = frame.rfind(MASK, start, verb.start)
    if quoted >= 0:
        start = quoted + 1
        # Past the closing mark of the quote, whatever it is.
        while start < verb.start and not (frame[start].isalnum() or frame[start].isspace()):
            start += 1
    directly = quoted >= 0 and not frame[start : verb.start].strip(" \t\u00a0,—–-")
    subject = subjects.before(start, verb.start, whole=quoted >= 0 and not directly)
    if subject is not None:
        return Saying(sentence, verb, manner, subject)
    between = frame[start : verb.start].strip(" \t\u00a0,—–-")
    bare = not between or lexicon.lists(between, "adverbs", "conjunctions")
    if directly or lexicon.verb_first:
        subject = subjects.after(verb.end, sentence.end, directly=directly)
        if subject is not None:
            return Saying(sentence, verb, manner, subject, follows=True)
    if earlier and (bare or lexicon.lists(between.split()[-1] if between else "", "conjunctions")):
        return Saying(sentence, verb, manner, earlier[-1].subject)
    return Saying(sentence, verb, manner, None)


def unlisted(frame: str, sentence: Stretch, quoted: int, lexicon: Lexicon) -> Saying | None:
    """
    A verb on no list that by its place can only be one of saying.

    What follows a quote with its comma is who says it and how: "“…,” the driver hissed.",
    «…», — делится боец. `quoted` is where the quote with its marks ends.
    """
    dash = r"[\s,]*[—–-]\s*" if lexicon.verb_first else r"[\s,—–-]*"
    clause = re.match(
        dash + r"([^.,;:!?()\ue000\"“”«»]{2,80})[.,;:!?(]?", frame[quoted : sentence.end]
    )
    if clause is None:
        return None
    start, end = quoted + clause.start(1), quoted + clause.end(1)
    words = [(m.start(), m.end()) for m in re.finditer(r"\S+", frame[start:end])]
    if len(words) < 2 or len(words) > 9:  # noqa: PLR2004
        return None
    subjects = Subjects(frame, lexicon)
    if lexicon.verb_first:
        verb = Stretch(start + words[0][0], start + words[0][1])
        subject = subjects.after(verb.end, sentence.end, directly=True)
    else:
        past = next(
            (w for w in words[1:] if frame[start + w[0] : start + w[1]].endswith("ed")), None
        )
        if past is None:
            return None
        verb = Stretch(start + past[0], start + past[1])
        subject = subjects.before(start, verb.start, whole=True)
    if subject is None or subject.being is Being.OTHER:
        return None
    return Saying(sentence, verb, Manner.SPEECH, subject, follows=lexicon.verb_first)


def _is_no_verb(frame: str, sentence: Stretch, match: re.Match[str], subjects: Subjects) -> bool:
    """Whether a form that could be a verb of saying is a noun, passive or infinitive here."""
    lexicon = subjects.lexicon
    before = frame[max(sentence.start, match.start() - 24) : match.start()].rstrip()
    last = before.split()[-1].strip(",").casefold() if before else ""
    if lexicon.language == "en":
        infinitive = last == "to" and not _SPOKEN_INFINITIVE.search(before)
        passive = last in lexicon.words("passives") and not match[0].endswith("ing")
        if infinitive or passive:
            return True
    return lexicon.lists(match[0], "careful") and not _is_verb(
        frame, sentence, match, before, subjects
    )


def _is_verb(
    frame: str, sentence: Stretch, match: re.Match[str], before: str, subjects: Subjects
) -> bool:
    """Whether a form that is as often a noun has a speaker before it and something said after."""
    lexicon = subjects.lexicon
    if _after_quote(before):
        return True
    if lexicon.language == "en" and not subjects.stands_before(
        max(sentence.start, match.start() - 60), match.start()
    ):
        return False
    rest = frame[match.end() : min(match.end() + 80, sentence.end)]
    if lexicon.lists(match[0], "naming"):
        return _OBJECT.match(rest) is not None
    return bool(_CLAUSE.match(rest) or _BEFORE_QUOTE.match(rest) or _ANNOUNCES.match(rest))


def _after_quote(before: str) -> bool:
    """Whether a quote ended only a few words earlier."""
    return MASK in before or before[-1:] in '”»“"'


def _nouns(frame: str, sentence: Stretch, subjects: Subjects, lexicon: Lexicon) -> list[Saying]:
    """Nouns for words, right before a quote or a colon."""
    found: list[Saying] = []
    nouns = lexicon.pattern("utterances").finditer(frame, sentence.start, sentence.end)
    for match in islice(nouns, _MOST_NOUNS):
        rest = frame[match.end() : min(match.end() + 80, sentence.end)]
        before_colon = re.match(r"[^,;:.!?\ue000]{0,60}:", rest)
        if _BEFORE_QUOTE.match(rest) or before_colon:
            subject = subjects.first_participant(sentence.start, match.start())
            found.append(Saying(sentence, Stretch(*match.span()), Manner.NOUN, subject))
    return found
