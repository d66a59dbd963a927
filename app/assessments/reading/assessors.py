"""Who judges, as a report describes them, and in which capacity they do."""

from dataclasses import dataclass
from functools import cache

from app.assessments.lexicon import Lexicon
from app.assessments.models import Interest, StatementKind
from app.assessments.voices import Voice, voices
from app.reports.attribution import Attribution, Force, Form, Reading, Sayer, SayerKind
from transcription.quotation import lexicon as reporting
from transcription.quotation.subjects import Subjects

_BODIES = {SayerKind.ORGANISATION, SayerKind.OFFICE}


@dataclass(frozen=True, slots=True)
class Assessor:
    """Whoever judges: where the text names them, in which words, in which capacity."""

    start: int
    end: int
    words: str
    kind: StatementKind
    interest: Interest


def by_attribution(said: Reading, start: int, end: int, lexicon: Lexicon) -> list[Assessor]:
    """Those whom the report says to say a passage, by the closest attribution."""
    for each in said.around(start, end):
        found = [
            Assessor(
                min(sayer.place.start, each.cue.start)
                if each.form is Form.SOURCE
                else sayer.place.start,
                sayer.place.end,
                sayer.text,
                _kind(sayer, each, lexicon),
                _interest(sayer.text, lexicon),
            )
            for sayer in each.sayers
            if sayer.kind not in {SayerKind.UNCLEAR, SayerKind.PARTICIPANT}
        ]
        if found:
            return found
    return []


def by_clause(
    text: str, clause: tuple[int, int], verb: tuple[int, int], lexicon: Lexicon
) -> Assessor | None:
    """Who checks, as the clause has it: "CNN was unable to verify", "verified by CNN"."""
    subjects = _subjects(text, lexicon.language)
    agent = (
        lexicon.matcher(r"\s*@agents@\s+").match(text, verb[1])
        if lexicon.words("agents")
        else None
    )
    found = (
        subjects.after(agent.end(), clause[1], directly=True)
        if agent
        else subjects.before(clause[0], verb[0])
    )
    if found is None:
        return None
    words = found.place.of(text)
    if lexicon.mentions(words, "audio", "video", "speaker", "authenticity", "document"):
        return None  # the subject of a passive: what is checked, not who checks
    kind = capacity(words, lexicon) or StatementKind.PUBLISHER_STATEMENT
    return Assessor(found.place.start, found.place.end, words, kind, _interest(words, lexicon))


def capacity(words: str, lexicon: Lexicon) -> StatementKind | None:
    """In which capacity people described like this judge; `None` where the words do not tell."""
    if lexicon.mentions(words, "inquiry"):
        return StatementKind.INQUIRY_FINDING
    kinds = voices(words, lexicon).kinds
    if Voice.EXPERT in kinds:
        return StatementKind.HUMAN_EXAMINATION
    if Voice.OFFICIAL in kinds:
        return StatementKind.OFFICIAL_STATEMENT
    return StatementKind.PUBLISHER_STATEMENT if Voice.PRESS in kinds else None


def is_party(words: str, lexicon: Lexicon) -> bool:
    """Whether the words name a side of what the recording is about."""
    return lexicon.lists(words, "party") or lexicon.mentions(words, "party") is not None


def _kind(sayer: Sayer, told: Attribution, lexicon: Lexicon) -> StatementKind:
    if told.force is Force.DENIED and is_party(sayer.text, lexicon):
        return StatementKind.PARTY_DENIAL
    known = capacity(sayer.text, lexicon)
    if known is not None:
        return known
    if sayer.kind is SayerKind.PUBLICATION:
        return StatementKind.PUBLISHER_STATEMENT
    return (
        StatementKind.OFFICIAL_STATEMENT
        if sayer.kind in _BODIES
        else StatementKind.HUMAN_EXAMINATION
    )


def _interest(words: str, lexicon: Lexicon) -> Interest:
    return Interest.PARTY if is_party(words, lexicon) else Interest.UNKNOWN


@cache
def _subjects(text: str, language: str) -> Subjects:
    return Subjects(text, reporting.load(language))
