"""
A text read for its quotes: for each passage who speaks, and what that makes of it.

Everything here is bounded: a passage is judged by its own paragraph and those beside it, so
that the time taken grows with the length of the text and not faster.
"""

from collections.abc import Sequence

from transcription.quotation.attribution import NOBODY, Attribution, How, attributed
from transcription.quotation.beings import Being
from transcription.quotation.finding import Finding, Findings
from transcription.quotation.layout import framed
from transcription.quotation.lexicon import Lexicon
from transcription.quotation.passage import Passage
from transcription.quotation.people import People, line_speaker
from transcription.quotation.proposal import Speaker, Stretch, Target, Way
from transcription.quotation.scope import Scope, Scopes
from transcription.quotation.setting import Decision, Setting
from transcription.quotation.subjects import Subject
from transcription.quotation.targets import decided

_CROWD, _CROWDED_WITHIN = 16, 400
"""So many passages within so many characters are no prose: nobody is looked for in it."""
_WHERE = {
    How.BEFORE: "right before the quote",
    How.AFTER: "right after the quote",
    How.SENTENCE: "in the same sentence",
    How.CONTINUED: "speaks in the quote before, and nothing stands between",
    How.AROUND: "named beside the paragraph",
    How.NOWHERE: "before the colon of the line",
}
_NO_SPEECH = {Target.TERM, Target.MATERIAL}


class Reader:
    """Reads the passages of one text in order."""

    def __init__(
        self,
        text: str,
        paragraphs: Sequence[Stretch],
        passages: Sequence[Passage],
        lexicon: Lexicon,
    ) -> None:
        self.text, self.passages, self.lexicon = text, passages, lexicon
        self._frames: dict[int, str] = {}
        self._inner: dict[int, Scope] = {}
        self.scopes = Scopes(self._frame(0), paragraphs, lexicon)
        self.people = People(text, self.scopes, lexicon)
        self.findings = Findings()

    def read(self) -> list[Finding]:
        """Every passage, judged, in order."""
        crowded = self._crowded()
        for number, passage in enumerate(self.passages):
            paragraph = self.scopes.around(passage.outer.start)
            finding = (
                self._unjudged(passage, paragraph)
                if number in crowded
                else self._judged(passage, paragraph)
            )
            self.findings.add(finding)
        return self.findings.all

    def _crowded(self) -> set[int]:
        """The passages that stand too close together to be read one by one."""
        starts = [passage.outer.start for passage in self.passages]
        found: set[int] = set()
        last = 0
        for number in range(len(starts) - _CROWD):
            if starts[number + _CROWD] - starts[number] < _CROWDED_WITHIN:
                found.update(range(max(number, last), number + _CROWD + 1))
                last = number + _CROWD
        return found

    def _unjudged(self, passage: Passage, paragraph: int) -> Finding:
        why = f"more than {_CROWD} quotes stand within {_CROWDED_WITHIN} characters"
        decision = Decision(Target.UNDETERMINED, why)
        scope = self.scopes.all[paragraph]
        return Finding(passage, paragraph, scope, NOBODY, None, "", decision)

    def _judged(self, passage: Passage, paragraph: int) -> Finding:
        scope, ending, around = self._surroundings(passage, paragraph)
        previous = self.findings.before(passage, paragraph)
        attribution = attributed(
            self.text,
            passage,
            scope,
            ending=ending,
            around=around,
            previous=previous.attribution if previous else None,
        )
        subject, speaker, why = self._speaker(passage, attribution)
        decision = decided(
            Setting(
                text=self.text,
                passage=passage,
                scope=scope,
                attribution=attribution,
                subject=subject,
                speaker=speaker.text if speaker else "",
                inherited=self.findings.inherited(
                    passage, paragraph, attribution, subject, speaker
                ),
                heard_elsewhere=bool(
                    speaker and self.findings.heard_elsewhere(speaker, paragraph)
                ),
                near=self.people.recording_before(
                    passage.outer.start,
                    since=self.scopes.all[max(0, paragraph - 1)].place.start,
                ),
                far=self.people.recording_before(passage.outer.start),
                linked=self.people.heard_before(subject) if subject else None,
            )
        )
        if decision.target in _NO_SPEECH:
            speaker, why = None, ""
        return Finding(passage, paragraph, scope, attribution, speaker, why, decision)

    def _surroundings(
        self, passage: Passage, paragraph: int
    ) -> tuple[Scope, Scope, tuple[Scope | None, Scope | None]]:
        """The scope in which a passage begins, in which it ends, and those beside them."""
        if passage.inside is not None:
            if passage.inside not in self._inner:
                place = self.passages[passage.inside].place
                inner = Scope(self._frame(passage.depth), place, self.lexicon)
                self._inner[passage.inside] = inner
            scope = self._inner[passage.inside]
            return scope, scope, (None, None)
        scopes = self.scopes.all
        last = self.scopes.around(max(passage.outer.start, passage.outer.end - 1))
        before = scopes[paragraph - 1] if paragraph else None
        after = scopes[last + 1] if last + 1 < len(scopes) else None
        return scopes[paragraph], scopes[last], (before, after)

    def _frame(self, depth: int) -> str:
        """The text with the passages of this depth masked."""
        if depth not in self._frames:
            places = [p.place for p in self.passages if p.depth == depth]
            self._frames[depth] = framed(self.text, places)
        return self._frames[depth]

    def _speaker(
        self, passage: Passage, attribution: Attribution
    ) -> tuple[Subject | None, Speaker | None, str]:
        """Who speaks: pronouns resolved, as the report describes them, and why."""
        subject = attribution.saying.subject if attribution.saying else None
        if subject is None and passage.way is Way.DIALOGUE:
            line = self.scopes.all[self.scopes.around(passage.outer.start)].place.start
            subject = line_speaker(self.text, line, passage.outer.start, self.lexicon)
        if subject is None:
            return None, None, "the text names nobody for it"
        words = subject.place.of(self.text)
        why = f"“{words}”: {_WHERE[attribution.how]}"
        if subject.being is not Being.PRONOUN:
            return subject, Speaker(words, subject.place), why
        # Whom a pronoun within quoted words means, the reporter's words do not tell.
        inner = passage.inside is not None
        meant = None if inner else self.people.meant(words, subject.place.start)
        if meant is None:
            return subject, Speaker(words, subject.place), f"{why}; whom it means is not clear"
        name = meant.place.of(self.text)
        why = f"{why}; taken for “{name}”, named last as speaking"
        return meant, Speaker(name, meant.place, pronoun=subject.place), why
