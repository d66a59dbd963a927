"""What the rules for targets look at: one passage, the words around it, and who is said to speak."""

import re
from dataclasses import dataclass

from transcription.quotation.attribution import Attribution, How
from transcription.quotation.lexicon import Lexicon
from transcription.quotation.passage import Passage
from transcription.quotation.proposal import Target
from transcription.quotation.scope import Scope
from transcription.quotation.subjects import Subject

_LED = (
    r"(?<!\w)@leads@\s+(?:(?!(?:that|which|who|что|що)\s)[\w’'-]+\s+){0,5}?"
    r"@recordings+exchanges@(?!\w)"
)
_TOLD = r"(?<!\w)@told@\s+(?:\w+\s+)?@outlets@(?!\w)"
_THAT = re.compile(r"\s*,?\s*(?:that|что|що)\b")


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided, and the sentence that says why."""

    target: Target
    why: str


@dataclass(frozen=True, slots=True)
class Setting:
    """One passage where it stands; the words for recordings are as the report writes them."""

    text: str
    passage: Passage
    scope: Scope
    attribution: Attribution
    subject: Subject | None
    """The speaker, pronouns resolved."""
    speaker: str
    inherited: Target | None
    """What the passage around this one is from, or what its speaker was quoted from before."""
    near: str | None
    """A word for a recording in this paragraph up to the quote, or in the one before."""
    far: str | None
    """A word for a recording anywhere earlier in the text."""
    linked: str | None = None
    """A word for the recording with which the same described person was spoken of before."""
    heard_elsewhere: bool = False
    """Whether somebody of this name was quoted from a recording, in another paragraph."""

    @property
    def lexicon(self) -> Lexicon:
        """The word lists of the report's language."""
        return self.scope.lexicon

    @property
    def sentence(self) -> str:
        """The reporter's words of the sentence that the quote stands in."""
        return self._from_sentence(None)

    @property
    def ahead(self) -> str:
        """The reporter's words of the sentence before the quote."""
        return self._from_sentence(self.passage.outer.start)

    @property
    def verb(self) -> str:
        """The verb of saying that goes with the quote; empty for none."""
        saying, where = self.attribution.saying, self.attribution.scope
        return saying.verb.of(where.frame) if saying is not None and where is not None else ""

    @property
    def recording_here(self) -> str | None:
        """A word for a recording in the sentence, or in that which names the speaker beside it."""
        saying, where = self.attribution.saying, self.attribution.scope
        if self.attribution.how is How.AROUND and saying is not None and where is not None:
            return where.mention(saying.sentence, "recordings", "exchanges")
        return self.lexicon.mentions(self.sentence, "recordings", "exchanges")

    @property
    def occasion(self) -> str | None:
        """The public occasion that the sentence names."""
        told = self.lexicon.matcher(_TOLD).search(self.sentence)
        return told[0] if told else self.lexicon.mentions(self.sentence, "occasions")

    @property
    def heard(self) -> str | None:
        """
        Where the sentence says that the speaker is heard in a recording.

        A recording that they only speak about ("said that the intercepts suggest") does not count: it
        must stand before the subject, with the verb, or right after it.
        """
        saying, where = self.attribution.saying, self.attribution.scope
        if saying is None or where is None:
            return None
        if self.attribution.how in {How.CONTINUED, How.AROUND}:
            return None
        frame, sentence = where.frame, saying.sentence
        first = saying.verb.start
        if saying.subject is not None:
            first = min(first, saying.subject.place.start)
        end = sentence.end
        if saying.verb.end <= self.passage.outer.start <= end:
            end = self.passage.outer.start
        after = frame[saying.verb.end : end]
        after = "" if _THAT.match(after) else after.split(".")[0]
        for stretch in (frame[sentence.start : first], after):
            led = self.lexicon.matcher(_LED).search(stretch)
            if led:
                return led[0]
        return self.lexicon.mentions(frame[first : saying.verb.end], "heard") or (
            self.lexicon.mentions(after, "heard")
        )

    def _from_sentence(self, until: int | None) -> str:
        if not self.scope.sentences:
            return ""
        place = self.scope.sentences[self.scope.at(self.passage.outer.start)]
        return self.scope.frame[place.start : place.end if until is None else until]
