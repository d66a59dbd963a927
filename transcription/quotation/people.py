"""
Whom a report has spoken of so far: who spoke last, and who was described with a recording.

A pronoun stands for whoever was last said to speak and could be meant, at most two paragraphs
back. A description that points back ("the soldier") stands for the one that was introduced with a recording
("a call in which a soldier"), unless their nations differ.
"""

import re
from bisect import bisect_left
from functools import cache

from transcription.quotation.beings import Being
from transcription.quotation.lexicon import Lexicon
from transcription.quotation.proposal import Stretch
from transcription.quotation.scope import Scopes
from transcription.quotation.subjects import Subject

_PARAGRAPHS_BACK = 2
_LAST_SPEAKERS = 12
"""How many of the last speakers a pronoun may stand for."""
_DESCRIBED = 30
"""How many characters before a noun may hold its adjectives."""
_SHORTEST_STEM = 4
_THINGS = {Being.ORGANISATION, Being.OUTLET, Being.DOCUMENT, Being.RECORDING, Being.FOOTAGE}


class People:
    """Everybody that a text says something of, by place."""

    def __init__(self, text: str, scopes: Scopes, lexicon: Lexicon) -> None:
        self.text, self.scopes, self.lexicon = text, scopes, lexicon
        frame = scopes.frame
        self._recordings = [
            (found.start(), found[0]) for found in lexicon.pattern("recordings").finditer(frame)
        ]
        self._introduced = self._introductions()
        self._speakers = [
            (saying.verb.start, saying.subject)
            for scope in scopes.all
            for sentence in scope.sayings
            for saying in sentence
            if saying.subject is not None and saying.subject.being is not Being.PRONOUN
        ]

    def meant(self, pronoun: str, position: int) -> Subject | None:
        """Whom a pronoun at a position stands for; None where nobody could be meant."""
        if self.lexicon.lists(pronoun, "pronouns_other"):
            return None
        thing = self.lexicon.lists(pronoun, "pronouns_thing")
        first = max(0, self.scopes.around(position) - _PARAGRAPHS_BACK)
        start = self.scopes.all[first].place.start
        at = bisect_left(self._speakers, position, key=lambda speaker: speaker[0])
        for verb, subject in reversed(self._speakers[max(0, at - _LAST_SPEAKERS) : at]):
            if verb < start:
                break
            if (subject.being in _THINGS) is thing:
                return subject
        return None

    def heard_before(self, subject: Subject) -> str | None:
        """The word for the recording that somebody described like this was introduced with."""
        words = subject.place.of(self.text)
        if subject.being is not Being.PARTICIPANT or not self._points_back(words):
            return None
        found = None
        for noun in _nouns(self.lexicon).finditer(words):
            found = self._introduced.get(noun["stem"].casefold())
        if found is None or found[0] >= subject.place.start:
            return None
        own, other = self._nations(words), self._nations(found[2])
        return found[1] if not own or not other or own & other else None

    def recording_before(self, position: int, *, since: int = 0) -> str | None:
        """The last word for a recording before a position, at or after another."""
        at = bisect_left(self._recordings, (position, ""))
        if not at or self._recordings[at - 1][0] < since:
            return None
        return self._recordings[at - 1][1]

    def _points_back(self, words: str) -> bool:
        """Whether a description is definite, where the language has an article to say so."""
        articles = self.lexicon.words("linking")
        return not articles or self.lexicon.lists(words.split(maxsplit=1)[0], "linking")

    def _nations(self, words: str) -> set[str]:
        return {
            found[0].casefold().removesuffix("s")
            for found in self.lexicon.pattern("demonyms").finditer(words)
        }

    def _introductions(self) -> dict[str, tuple[int, str, str]]:
        """For each describing noun where it first stands in a sentence about a recording."""
        found: dict[str, tuple[int, str, str]] = {}
        for scope in self.scopes.all:
            for sentence in scope.sentences:
                recording = scope.mention(sentence, "recordings")
                if recording is None:
                    continue
                nouns = _nouns(self.lexicon).finditer(scope.frame, sentence.start, sentence.end)
                for noun in nouns:
                    first = max(sentence.start, noun.start() - _DESCRIBED)
                    described = scope.frame[first : noun.end()]
                    found.setdefault(noun["stem"].casefold(), (noun.start(), recording, described))
        return found


@cache
def _nouns(lexicon: Lexicon) -> re.Pattern[str]:
    """The nouns that describe somebody, in any of their forms; `stem` is what these share."""
    ending = r"s?" if lexicon.language == "en" else r"\w{0,4}"
    stems = sorted(
        {_stem(noun) for noun in lexicon.words("participants", "voices")}, key=len, reverse=True
    )
    listed = "|".join(re.escape(stem) for stem in stems)
    return re.compile(rf"(?<!\w)(?P<stem>{listed}){ending}(?!\w)", re.IGNORECASE)


def _stem(noun: str) -> str:
    """A noun without the ending of its plural or case."""
    plain = noun.casefold()
    shorter = plain.rstrip("аеиоуыюяйьії").removesuffix("s")
    return shorter if len(shorter) >= _SHORTEST_STEM else plain


def line_speaker(text: str, start: int, end: int, lexicon: Lexicon) -> Subject | None:
    """Who speaks in a line of a printed exchange: what stands before its colon."""
    head = text[start:end].rstrip()
    if not head.endswith(":"):
        return None
    place = Stretch(start, start + len(head[:-1].rstrip()))
    office = lexicon.mentions(place.of(text), "officials", "organisations", "outlets")
    return Subject(place, Being.OFFICIAL if office else Being.PARTICIPANT)
