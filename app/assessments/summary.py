"""
One line about all assessments of a recording, made from counts.

It says who disagrees before it says anything else, adds nothing up across questions, and
uses no word that would be a conclusion of ours.
"""

from collections import Counter
from collections.abc import Iterable

from app.assessments.models import Assessment, Binding, Question, Stance

_STANCES = {
    Stance.SUPPORTS: "supports",
    Stance.WEIGHS_AGAINST: "weighs against",
    Stance.CANNOT_DETERMINE: "cannot determine",
    Stance.DECLINED_TO_ASSESS: "declined to assess",
    Stance.NOT_EXAMINED: "not examined",
}
NONE = "No assessment is in force."


def summarise(assessments: Iterable[Assessment]) -> str:
    """Count the assessments in force, per question, disagreement first."""
    by_question: dict[Question, list[Assessment]] = {}
    for assessment in assessments:
        by_question.setdefault(assessment.question, []).append(assessment)
    if not by_question:
        return NONE
    split = [question for question in Question if _disagree(by_question.get(question, []))]
    rest = [question for question in Question if question in by_question and question not in split]
    sentences = [f"Disagreement on {_counted(question, by_question)}" for question in split]
    sentences += [_upper(_counted(question, by_question)) for question in rest]
    return ". ".join([*sentences, _bound(by_question)]) + "."


def _disagree(assessments: list[Assessment]) -> bool:
    return {Stance.SUPPORTS, Stance.WEIGHS_AGAINST} <= {item.stance for item in assessments}


def _counted(question: Question, by_question: dict[Question, list[Assessment]]) -> str:
    counts = Counter(item.stance for item in by_question[question])
    told = [f"{counts[stance]} {words}" for stance, words in _STANCES.items() if counts[stance]]
    return f"{question.replace('_', ' ')}: {', '.join(told)}"


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
