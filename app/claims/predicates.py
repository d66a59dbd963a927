"""
The closed list of predicates: what can be claimed of a subject, and the value that takes.

    subject --predicate--> value        series --date--> TemporalValue(edtf="2024-11", …)

A predicate fixes the kind of its value (`values`, `facts`), the kinds of subject it may have, the
usual one first, and how two claims of it are compared (`conflicts`). Who says it, how firmly
and where are columns of the claim. A denial of conduct is a predicate of its own, so
that "denied" is never a value; every other predicate may be denied by the modality.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.claims import facts, values
from app.claims.terms import Modality, SubjectKind
from app.core.canonical import Json
from app.core.errors import Invalid

VERSION = "1"
"""Edition of the list: a word or predicate that is added makes a new one."""

_RECORDED = (SubjectKind.SERIES, SubjectKind.RECORDING)
_HAPPENED = (SubjectKind.INCIDENT, *_RECORDED, SubjectKind.MATERIAL)


class Predicate(StrEnum):
    """What is claimed."""

    DATE = "date"
    PLACE = "place"
    UNIT = "unit"
    NATURE = "nature"
    NAME = "name"
    LANGUAGE = "language"
    DURATION = "duration"
    DIGEST = "digest"
    CONTENT = "content"
    COUNT = "count"
    SPEAKER_ROLE = "speaker_role"
    ADDRESSEE_ROLE = "addressee_role"
    SPEAKER_IDENTITY = "speaker_identity"
    SPEAKER_COUNT = "speaker_count"
    CONDUCT = "conduct"
    DENIAL = "denial"
    MOTIVE = "motive"
    RESPONSIBILITY = "responsibility"
    INVESTIGATION = "investigation"
    USED_IN_INVESTIGATION = "used_in_investigation"
    CHARGE = "charge"
    STATISTIC = "statistic"
    TREND = "trend"
    LEGAL_CHARACTERISATION = "legal_characterisation"
    BEARING = "bearing"
    EVENT_LINK = "event_link"
    COMMENT_REQUEST = "comment_request"
    PUBLICATION = "publication"
    SITUATION = "situation"
    TERRITORIAL_CONTROL = "territorial_control"
    ROLE = "role"
    STATEMENT = "statement"
    KNOWLEDGE = "knowledge"


class Comparison(StrEnum):
    """How two claims of one subject and predicate can be at odds; `none`: both may well stand."""

    DATE = "date"
    PLACE = "place"
    NAME = "name"
    COUNT = "count"
    VALUE = "value"  # only one of two different values can be so
    DENIAL = "denial"  # conduct that one asserts and another denies
    WORDING = "wording"  # one person's words, as two reports give them
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Definition:
    """What one predicate says, of which subjects, with which kind of value."""

    predicate: Predicate
    value: type[Any]
    subjects: tuple[SubjectKind, ...]
    comparison: Comparison
    says: str


def _list(*rows: tuple[Predicate, type[Any], tuple[SubjectKind, ...], Comparison, str]) -> Any:
    return {row[0]: Definition(*row) for row in rows}


_P, _S, _C = Predicate, SubjectKind, Comparison

DEFINITIONS: dict[Predicate, Definition] = _list(
    (
        _P.DATE,
        values.TemporalValue,
        (*_HAPPENED, _S.REPORT),
        _C.DATE,
        "when it took place: was spoken, happened, was filmed, was published",
    ),
    (_P.PLACE, values.Place, _HAPPENED, _C.PLACE, "where it took place"),
    (
        _P.UNIT,
        facts.UnitChain,
        (*_HAPPENED, _S.AGENT),
        _C.NAME,
        "which unit took part, with the units it is part of",
    ),
    (_P.NATURE, facts.Kind, _HAPPENED, _C.NONE, "what sort of thing it is"),
    (_P.NAME, values.Title, (*_HAPPENED, _S.AGENT, _S.PLACE), _C.NAME, "what it is called"),
    (_P.LANGUAGE, values.Language, _RECORDED, _C.NONE, "a language that is spoken in it"),
    (_P.DURATION, values.Quantity, (*_RECORDED, _S.MATERIAL), _C.COUNT, "how long it is"),
    (
        _P.DIGEST,
        values.DeclaredDigest,
        (_S.RECORDING, _S.MATERIAL, _S.REPORT),
        _C.NONE,
        "which digest its bytes are said to have",
    ),
    (
        _P.CONTENT,
        facts.Conduct,
        _RECORDED,
        _C.NONE,
        "what is said in it: who orders, reports or discusses what",
    ),
    (
        _P.COUNT,
        facts.Tally,
        (*_HAPPENED, _S.AGENT),
        _C.COUNT,
        "how many there are of something, or how often it was said",
    ),
    (_P.SPEAKER_ROLE, facts.Role, _RECORDED, _C.NONE, "what somebody who speaks in it is"),
    (_P.ADDRESSEE_ROLE, facts.Role, _RECORDED, _C.NONE, "what somebody who is spoken to in it is"),
    (
        _P.SPEAKER_IDENTITY,
        facts.SpeakerIdentity,
        _RECORDED,
        _C.VALUE,
        "whether it is known who speaks in it",
    ),
    (_P.SPEAKER_COUNT, values.Count, _RECORDED, _C.COUNT, "how many speak in it"),
    (
        _P.CONDUCT,
        facts.Conduct,
        (_S.AGENT, *_HAPPENED),
        _C.DENIAL,
        "what somebody does or did, once, as a pattern or as a policy",
    ),
    (
        _P.DENIAL,
        facts.Conduct,
        (_S.AGENT, *_HAPPENED),
        _C.DENIAL,
        "what somebody denies; the modality is `denied`",
    ),
    (
        _P.MOTIVE,
        facts.Motive,
        (_S.INCIDENT, _S.AGENT, _S.SERIES, _S.RECORDING),
        _C.NONE,
        "why it is done",
    ),
    (
        _P.RESPONSIBILITY,
        facts.Answerable,
        (*_HAPPENED, _S.AGENT, _S.CLAIM),
        _C.WORDING,
        "who above stands behind it: ordered, sanctioned, consented",
    ),
    (
        _P.INVESTIGATION,
        facts.Investigation,
        (_S.INCIDENT, _S.SERIES, _S.RECORDING, _S.MATERIAL),
        _C.NONE,
        "that it is investigated, by whom, and how far that is",
    ),
    (
        _P.USED_IN_INVESTIGATION,
        facts.Investigation,
        (*_RECORDED, _S.MATERIAL),
        _C.NONE,
        "that an investigation uses it",
    ),
    (
        _P.CHARGE,
        facts.Charge,
        (_S.INCIDENT, _S.AGENT),
        _C.NONE,
        "that somebody is charged over it, perhaps in absentia",
    ),
    (
        _P.STATISTIC,
        facts.Statistic,
        (_S.AGENT, _S.PLACE, _S.INCIDENT),
        _C.COUNT,
        "a number in a count that an authority keeps; the subject is the authority",
    ),
    (_P.TREND, facts.Trend, (_S.AGENT, _S.PLACE), _C.VALUE, "which way such a count goes"),
    (
        _P.LEGAL_CHARACTERISATION,
        facts.Characterisation,
        (*_HAPPENED, _S.AGENT),
        _C.WORDING,
        "what it is called in law",
    ),
    (
        _P.BEARING,
        facts.Bearing,
        (*_RECORDED, _S.MATERIAL),
        _C.WORDING,
        "which way it speaks with regard to an allegation",
    ),
    (
        _P.EVENT_LINK,
        facts.EventLink,
        (*_RECORDED, _S.MATERIAL),
        _C.NONE,
        "how it stands to an incident, or to a material of one",
    ),
    (
        _P.COMMENT_REQUEST,
        facts.CommentRequest,
        (*_RECORDED, _S.INCIDENT, _S.REPORT),
        _C.NONE,
        "that somebody was asked for comment, and what came of it",
    ),
    (
        _P.PUBLICATION,
        facts.Publication,
        (*_RECORDED, _S.MATERIAL, _S.REPORT),
        _C.NONE,
        "that it was released or posted: by whom, over what, when",
    ),
    (
        _P.SITUATION,
        facts.PlaceSituation,
        (_S.PLACE,),
        _C.NONE,
        "how a place stands in the fighting",
    ),
    (
        _P.TERRITORIAL_CONTROL,
        facts.Control,
        (_S.PLACE,),
        _C.COUNT,
        "which share of a place somebody holds",
    ),
    (_P.ROLE, facts.Role, (_S.AGENT,), _C.NONE, "what an agent is: office, rank, function"),
    (
        _P.STATEMENT,
        facts.Utterance,
        (_S.AGENT,),
        _C.NONE,
        "that an agent spoke: to what effect, on which occasion",
    ),
    (
        _P.KNOWLEDGE,
        facts.Knowledge,
        (_S.AGENT,),
        _C.NONE,
        "how an agent comes to know of what they speak",
    ),
)


def definition(predicate: Predicate) -> Definition:
    """What a predicate says."""
    return DEFINITIONS[predicate]


def read(subject: SubjectKind, predicate: Predicate, value: Json, modality: Modality) -> object:
    """
    The value of a claim, read strictly by its predicate.

    Raises `Invalid` naming `value…` (its shape), `subject_kind` (nothing this is said of) or
    `modality` (a denial that denies nothing, or conduct that is denied beside `denial`).
    """
    found = DEFINITIONS[predicate]
    if subject not in found.subjects:
        usual = ", ".join(found.subjects)
        raise Invalid(f"{predicate} is claimed of: {usual}", field="subject_kind")
    if (predicate is Predicate.DENIAL) is not (modality is Modality.DENIED) and predicate in (
        Predicate.DENIAL,
        Predicate.CONDUCT,
    ):
        raise Invalid("conduct that is denied is the predicate `denial`", field="modality")
    made: object = values.from_json(found.value, value)
    return made
