"""
Which quote answers which: a report says so by its words, or by setting them out as an exchange.

Proposed only between two neighbours of the same target with different speakers: after a verb of
answering; where one clause begins with "when" and holds the question; after a question; and in
lines of dialogue. Everything else is left to people.
"""

from collections.abc import Sequence

from transcription.quotation.attribution import How
from transcription.quotation.finding import Finding
from transcription.quotation.proposal import Target, Way
from transcription.quotation.sayings import Manner

Answer = tuple[int | None, str]


def replies(findings: Sequence[Finding]) -> list[Answer]:
    """For each finding the one that it answers, and why; `(None, "")` for most."""
    found: list[Answer] = []
    last: dict[int | None, int] = {}
    for number, finding in enumerate(findings):
        before = last.get(finding.passage.inside)
        found.append(_answer(findings, before, finding) if before is not None else (None, ""))
        if finding.decision.target is not Target.TERM:
            last[finding.passage.inside] = number
    return found


def _answer(findings: Sequence[Finding], before: int, finding: Finding) -> Answer:
    earlier = findings[before]
    near = finding.paragraph - earlier.paragraph
    if near > 1 or _same_speaker(earlier, finding) or not _comparable(earlier, finding):
        return None, ""
    if Way.DIALOGUE in {finding.passage.way, earlier.passage.way}:
        both = finding.passage.way is earlier.passage.way
        return (before, "the line of dialogue after it") if both and near else (None, "")
    why = _why(earlier, finding, near)
    return (before, why) if why else (None, "")


def _comparable(earlier: Finding, finding: Finding) -> bool:
    """Whether both are speech of one kind."""
    target = finding.decision.target
    return target is earlier.decision.target and target in {Target.RECORDING, Target.STATEMENT}


def _why(earlier: Finding, finding: Finding, near: int) -> str:
    """The words that make one quote an answer to the other; empty for none."""
    saying, where = finding.attribution.saying, finding.attribution.scope
    if saying is None or where is None or not finding.attribution.direct:
        return ""
    verb = saying.verb.of(where.frame)
    asked = earlier.attribution.saying
    if saying.manner is Manner.REPLY:
        return f"“{verb}” says that it answers"
    if asked is not None and asked.manner is Manner.QUESTION:
        return "comes after a question"
    if near == 0 and _when(earlier, finding):
        return f"what was said when the words before it were spoken: “{verb}”"
    return ""


def _same_speaker(one: Finding, other: Finding) -> bool:
    if other.attribution.how is How.CONTINUED:
        return True
    if one.speaker is None or other.speaker is None:
        return False
    return one.speaker.text.casefold() == other.speaker.text.casefold()


def _when(earlier: Finding, finding: Finding) -> bool:
    """Whether the earlier quote stands in a clause with "when" of the same sentence."""
    scope, saying = finding.scope, earlier.attribution.saying
    if saying is None or not scope.sentences:
        return False
    at = scope.at(finding.passage.outer.start)
    if scope.at(earlier.passage.outer.start) != at:
        return False
    sentence = scope.sentences[at]
    head = scope.frame[sentence.start : min(saying.verb.start, earlier.passage.outer.start)]
    return scope.lexicon.matcher(r"(?:\A|,)\s*@when@(?!\w)").search(head) is not None
