"""
What is read of one attribution: which words, whose they are said to be, through whom, how firmly.

Everything points into the text (`text[start:end]`, half-open, in Unicode code points). An
attribution says what a report claims about who said something; not that they said it.
"""

from dataclasses import dataclass
from enum import StrEnum

from transcription.quotation.proposal import Stretch


class Force(StrEnum):
    """How firmly the sayer is said to stand by the words, as the report's verb has it."""

    SAID = "said"
    REPORTED = "reported"
    CLAIMED = "claimed"
    BELIEVED = "believed"
    DENIED = "denied"
    """The words are what is denied: Moscow has denied that …"""
    ALLEGED = "alleged"
    NOTED = "noted"
    CONFIRMED = "confirmed"


class SayerKind(StrEnum):
    """What sort of sayer a wording describes."""

    PUBLICATION = "publication"
    """Somebody who publishes: CNN, the newspaper."""
    DOCUMENT = "document"
    """Something published, named as what says it: a report by the Commission."""
    ORGANISATION = "organisation"
    """An authority, a body or a state: the SBU, Ukrainian authorities, Moscow."""
    OFFICE = "office"
    """A holder of an office without their name: the ministry's spokesman."""
    PERSON = "person"
    DESCRIBED = "described"
    """Somebody who is only described: a forensic expert, Ukrainian officials."""
    PARTICIPANT = "participant"
    """Described as voices in recordings are: a frontline soldier, the commander."""
    UNCLEAR = "unclear"
    """A pronoun for whom the text gives nobody."""


class Form(StrEnum):
    """By what an attribution is told."""

    VERB = "verb"
    """Officials said …"""
    SOURCE = "source"
    """According to officials, …"""
    AGENT = "agent"
    """… was reported by CNN."""
    NOUN = "noun"
    """CNN's report that …"""
    IMPERSONAL = "impersonal"
    """It is believed that …: nobody is named."""


@dataclass(frozen=True, slots=True)
class Sayer:
    """
    Who says something, in the report's words, and where it says so.

    `name` is a person's name without the office before it. `written` is where the text only says "he" or "the publication"; `place` is then whom that
    was taken for. `description` is what the sentence adds: an apposition, a relative clause.
    """

    text: str
    place: Stretch
    kind: SayerKind
    name: Stretch | None = None
    written: Stretch | None = None
    description: Stretch | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """
    One saying: `words` (more than one stretch where the sayer stands amid them) by `sayers`.

    `via` is through whom the words reached this report, the nearest first: in "CNN reported,
    citing officials, that …" the officials say it and CNN is `via`. `cited` is on whose word
    somebody who is no publication says it. `inside` is the place in the list of the attribution
    whose words hold this one. `cue` is the verb or phrase; `posted` says that it tells of a post.
    """

    words: tuple[Stretch, ...]
    sayers: tuple[Sayer, ...]
    via: tuple[Sayer, ...]
    cited: tuple[Sayer, ...]
    force: Force
    form: Form
    cue: Stretch
    sentence: Stretch
    inside: int | None = None
    points_back: bool = False
    """Whether the words are an earlier sentence that "this" stands for."""
    posted: bool = False

    @property
    def place(self) -> Stretch:
        """From the first to the last of the words."""
        return Stretch(self.words[0].start, self.words[-1].end)

    @property
    def publications(self) -> tuple[Sayer, ...]:
        """Every publication or document that the words are said to come from or through."""
        published = (SayerKind.PUBLICATION, SayerKind.DOCUMENT)
        return tuple(s for s in (*self.sayers, *self.via, *self.cited) if s.kind in published)

    def covers(self, start: int, end: int) -> bool:
        """Whether a passage lies among the words."""
        return self.place.start <= start and end <= self.place.end


@dataclass(frozen=True, slots=True)
class Reading:
    """The attributions of one text, in its order, and the language it was read in."""

    language: str
    attributions: tuple[Attribution, ...]
    note: str = ""
    """What could not be read, in a sentence; empty for nothing."""

    def around(self, start: int, end: int) -> tuple[Attribution, ...]:
        """Those whose words hold a passage, the closest first."""
        holding = [each for each in self.attributions if each.covers(start, end)]
        return tuple(sorted(holding, key=lambda each: each.place.end - each.place.start))
