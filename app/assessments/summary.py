"""
One line about all assessments of a recording, made from counts.

It says who disagrees before it says anything else, adds nothing up across questions, and
uses no word that would be a conclusion of ours: what stands between quotation marks is what
somebody said. Who says the same again in another report is told apart and not counted.
"""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import groupby

from app.assessments.drift import headline
from app.assessments.models import (
    Assessment,
    Binding,
    Question,
    Stance,
    StatementKind,
    SubjectKind,
)

_STANCES = {
    Stance.SUPPORTS: "supports",
    Stance.WEIGHS_AGAINST: "weighs against",
    Stance.CANNOT_DETERMINE: "cannot determine",
    Stance.DECLINED_TO_ASSESS: "declined to assess",
    Stance.NOT_EXAMINED: "not examined",
}
_KINDS = {
    StatementKind.HUMAN_EXAMINATION: ("expert", "experts"),
    StatementKind.PUBLISHER_STATEMENT: ("publisher", "publishers"),
    StatementKind.OFFICIAL_STATEMENT: ("official", "officials"),
    StatementKind.PARTY_DENIAL: ("party", "parties"),
    StatementKind.INQUIRY_FINDING: ("inquiry", "inquiries"),
}
_SUBJECTS = {
    SubjectKind.FILE: "a stated file",
    SubjectKind.RECORDING: "whatever copy",
    SubjectKind.EXCERPT: "an excerpt",
    SubjectKind.UNSPECIFIED_MATERIAL: "files not identified",
}
_NAME = re.compile(r"(?:\b[^\W\d_a-zа-яёіїєґ][a-zа-яёіїєґ'’-]\S*\s+){1}[^\W\d_a-zа-яёіїєґ]\S+")
_MOST_CHARACTERS = 80
NONE = "No assessment is in force."


def summarise(assessments: Iterable[Assessment], *, restated: int = 0) -> str:
    """
    Count the assessments in force, per question, disagreement first.

    `restated` is in how many other reports they are told again.
    """
    by_question: dict[Question, list[Assessment]] = {}
    for assessment in assessments:
        by_question.setdefault(assessment.question, []).append(assessment)
    if not by_question:
        return NONE
    split = [question for question in Question if _disagree(by_question.get(question, []))]
    rest = [question for question in Question if question in by_question and question not in split]
    sentences = [f"Disagreement on {_counted(question, by_question)}" for question in split]
    sentences += [_upper(_counted(question, by_question)) for question in rest]
    sentences.append(_bound(by_question))
    if restated:
        reports = "report" if restated == 1 else "reports"
        sentences.append(f"Told again in {restated} other {reports}, which adds nothing")
    return ". ".join(sentences) + "."


def words_of(assessment: Assessment) -> str:
    """The few words of an assessment that carry it: what its rules read, else its beginning."""
    read = headline(assessment.wording, assessment.language)
    text = assessment.wording[read.start : read.end] if read else assessment.wording
    told = " ".join(text.split())
    return told if len(told) <= _MOST_CHARACTERS else told[:_MOST_CHARACTERS].rstrip() + "…"


def _disagree(assessments: list[Assessment]) -> bool:
    return {Stance.SUPPORTS, Stance.WEIGHS_AGAINST} <= {item.stance for item in assessments}


def _counted(question: Question, by_question: dict[Question, list[Assessment]]) -> str:
    items = by_question[question]
    counts = Counter(item.stance for item in items)
    told = [f"{counts[stance]} {words}" for stance, words in _STANCES.items() if counts[stance]]
    return f"{question.replace('_', ' ')}: {', '.join(told)} ({'; '.join(_voices(items))})"


def _voices(items: list[Assessment]) -> list[str]:
    """Who answered, disagreeing stances first: "1 expert, unnamed, files not identified: “…”"."""
    order = list(_STANCES)
    ranked = sorted(items, key=lambda item: (order.index(item.stance), _voice(item)))
    told = []
    for (_, voice), group in groupby(ranked, key=lambda item: (item.stance, _voice(item))):
        same = list(group)
        one, many = _KINDS[same[0].kind]
        who = f"{len(same)} {one if len(same) == 1 else many}{voice[1]}"
        said = [f"“{words}”" for words in dict.fromkeys(words_of(item) for item in same)]
        told.append(f"{who}: {', '.join(said)}")
    return told


def _voice(item: Assessment) -> tuple[str, str]:
    described = item.assessor_as_described or ""
    people = {StatementKind.HUMAN_EXAMINATION, StatementKind.OFFICIAL_STATEMENT}
    unnamed = item.kind in people and item.assessor_id is None and not _NAME.search(described)
    held = item.binding is Binding.EXACT_BYTES
    about = "bytes held here" if held else _SUBJECTS[item.identified_as]
    return str(item.kind), f"{', unnamed' if unnamed else ''}, {about}"


def _bound(by_question: dict[Question, list[Assessment]]) -> str:
    everything = [item for items in by_question.values() for item in items]
    exact = sum(item.binding is Binding.EXACT_BYTES for item in everything)
    unstated = sum(item.method is None for item in everything)
    return (
        f"{exact} of {len(everything)} about bytes held here, "
        f"{unstated} of {len(everything)} without a stated method"
    )


def _upper(text: str) -> str:
    return text[0].upper() + text[1:]
