"""
What is proposed for one quoted passage: values, each decision with its sentence of why.

A proposal points into the text (`text[start:end]`, half-open, in Unicode code points) and
retypes nothing. What the rules cannot decide they say: `Target.UNDETERMINED` is a finding like
the others. Nothing here says that a passage was spoken; it says what a report claims.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class QuoteForm(StrEnum):
    """How a report presents the words."""

    DIRECT = "direct"
    PARTIAL = "partial"
    PARAPHRASE = "paraphrase"
    HEADLINE = "headline"
    CAPTION = "caption"


class Target(StrEnum):
    """What the words are said to be from."""

    RECORDING = "recording"
    STATEMENT = "statement"
    REPORT = "report"
    MATERIAL = "material"
    TERM = "term"
    """A name, or a word that the reporter keeps at a distance: nobody is said to speak it."""
    UNDETERMINED = "undetermined"


class Way(StrEnum):
    """By what a passage is told from the reporter's own words."""

    MARKS = "quotation_marks"
    BLOCK = "block"
    DIALOGUE = "dialogue"
    UNMARKED = "unmarked"


class CountOperator(StrEnum):
    """How a claimed number is to be read."""

    EXACTLY = "exactly"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class SignKind(StrEnum):
    """What stands in a published quote where no spoken word does, or one letter was changed."""

    ELLIPSIS = "ellipsis"
    UNINTELLIGIBLE = "unintelligible"
    """Words that were spoken and not understood."""
    EXPLETIVE = "expletive"
    """Words that were understood and not printed."""
    EDITORIAL = "editorial"
    LETTER = "letter"
    """`[T]he`: one letter of a word was changed to fit the reporter's sentence."""

    @property
    def stands_for(self) -> str:
        """How it is read when the quote is compared."""
        return _STANDS_FOR[self]


_STANDS_FOR = {
    SignKind.ELLIPSIS: "gap",
    SignKind.UNINTELLIGIBLE: "wildcard",
    SignKind.EXPLETIVE: "wildcard",
    SignKind.EDITORIAL: "optional",
    SignKind.LETTER: "letter",
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A half-open stretch of the text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """What stands there."""
        return text[self.start : self.end]

    def holds(self, other: "Stretch") -> bool:
        """Whether the other lies within."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Sign:
    """A typed sign in a quote; `start` and `end` count in the text, not in the quote."""

    kind: SignKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Speaker:
    """
    Who is said to speak, in the report's words, and where it says so.

    `pronoun` is where the report only says "he": then `place` is whom that was taken for.
    """

    text: str
    place: Stretch
    pronoun: Stretch | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """How often the report says the words were spoken; `raw` is its own wording at `place`."""

    op: CountOperator
    count: int
    raw: str
    place: Stretch


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """
    One quoted passage, as read.

    `reply_to` and `inside` are places in the list of proposals: the quote that this one
    answers, and the one that it stands in. `why` has a sentence for each decision.
    """

    start: int
    end: int
    exact: str
    language: str
    form: QuoteForm
    way: Way
    target: Target
    closed: bool
    speaker: Speaker | None = None
    reply_to: int | None = None
    inside: int | None = None
    claim: Claim | None = None
    signs: tuple[Sign, ...] = ()
    why: dict[str, str] = field(default_factory=dict)

    def as_data(self) -> dict[str, object]:
        """The proposal as JSON would have it."""
        speaker, claim = self.speaker, self.claim
        return {
            "start": self.start,
            "end": self.end,
            "exact": self.exact,
            "language": self.language,
            "form": self.form.value,
            "way": self.way.value,
            "closed": self.closed,
            "target": self.target.value,
            "speaker": speaker
            and {
                "text": speaker.text,
                "start": speaker.place.start,
                "end": speaker.place.end,
                "by_pronoun": speaker.pronoun is not None,
            },
            "reply_to": self.reply_to,
            "inside": self.inside,
            "occurrence_claim": claim
            and {
                "op": claim.op.value,
                "count": claim.count,
                "raw": claim.raw,
                "start": claim.place.start,
                "end": claim.place.end,
            },
            "signs": [
                {
                    "kind": sign.kind.value,
                    "stands_for": sign.kind.stands_for,
                    "start": sign.start,
                    "end": sign.end,
                }
                for sign in self.signs
            ],
            "why": dict(self.why),
        }
