"""What was found out about the passages read so far, and what that says of the next one."""

from dataclasses import dataclass, field

from transcription.quotation.attribution import Attribution, How
from transcription.quotation.beings import Being
from transcription.quotation.passage import Passage
from transcription.quotation.proposal import Speaker, Target, Way
from transcription.quotation.scope import Scope
from transcription.quotation.setting import Decision
from transcription.quotation.subjects import Subject

_LAST_QUOTES, _PARAGRAPHS_BACK = 8, 2
"""How far back somebody's earlier quotes count for a later one."""
_TELLS_NOTHING = {Target.TERM, Target.MATERIAL, Target.UNDETERMINED}


@dataclass(frozen=True, slots=True)
class Finding:
    """One passage, judged; `scope` holds the reporter's words around it."""

    passage: Passage
    paragraph: int
    scope: Scope
    attribution: Attribution
    speaker: Speaker | None
    speaker_why: str
    decision: Decision


@dataclass(slots=True)
class Findings:
    """Everything judged so far, in order."""

    all: list[Finding] = field(default_factory=list)
    _last: dict[tuple[int | None, int], Finding] = field(default_factory=dict)

    def add(self, finding: Finding) -> None:
        """Put one at the end."""
        self.all.append(finding)
        self._last[finding.passage.inside, finding.paragraph] = finding

    def before(self, passage: Passage, paragraph: int) -> Finding | None:
        """The one before in the same paragraph, or in the same quote."""
        return self._last.get((passage.inside, paragraph))

    def inherited(
        self,
        passage: Passage,
        paragraph: int,
        attribution: Attribution,
        subject: Subject | None,
        speaker: Speaker | None,
    ) -> Target | None:
        """What the passage around this one is from, or its speaker's quotes right before it."""
        found: Finding | None = None
        if passage.inside is not None:
            found = self.all[passage.inside]
        elif attribution.how is How.CONTINUED:
            found = self.before(passage, paragraph)
        elif passage.way is Way.DIALOGUE:
            found = self._line_before(paragraph)
        elif speaker is not None and subject is not None:
            found = self._by(speaker, paragraph)
            if found is not None and not _goes_on(found, paragraph, subject, speaker):
                found = None
        target = found.decision.target if found is not None else None
        return None if target in _TELLS_NOTHING else target

    def heard_elsewhere(self, speaker: Speaker, paragraph: int) -> bool:
        """Whether somebody of this name was quoted from a recording in another paragraph."""
        found = self._by(speaker, paragraph)
        return found is not None and found.decision.target is Target.RECORDING

    def _line_before(self, paragraph: int) -> Finding | None:
        """The line of dialogue right before."""
        last = self.all[-1] if self.all else None
        if last is None or last.passage.way is not Way.DIALOGUE:
            return None
        return last if paragraph - last.paragraph <= 1 else None

    def _by(self, speaker: Speaker, paragraph: int) -> Finding | None:
        """The last quote of somebody of this name, a moment ago."""
        name = speaker.text.split()[-1].casefold()
        for finding in reversed(self.all[-_LAST_QUOTES:]):
            if paragraph - finding.paragraph > _PARAGRAPHS_BACK:
                break
            if finding.speaker and finding.speaker.text.split()[-1].casefold() == name:
                return finding
        return None


def _goes_on(found: Finding, paragraph: int, subject: Subject, speaker: Speaker) -> bool:
    """
    Whether a speaker goes on with what they were quoted from.

    By a pronoun whoever it is; by name only somebody without an office, who holds one speaks on
    many occasions; and what was heard in a recording goes on only within the paragraph.
    """
    if speaker.pronoun is not None:
        return True
    if subject.being in {Being.OFFICIAL, Being.ORGANISATION}:
        return False
    named = subject.being in {Being.PERSON, Being.NAMED}
    heard = found.decision.target is Target.RECORDING
    return not (named and heard and found.paragraph != paragraph)
