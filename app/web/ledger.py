"""
The authenticity ledger on a page: drawn down the page in time, and told as a list beside it.

The drawing is circles, diamonds and lines, computed here, so that the page needs no script: one row for each
statement or retelling, one column for each question, a line from a statement to each
way it was told again. What nobody dated stands below a line of its own. All of it is said in the list.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.permissions import Permission
from app.assessments import ledger as ledgers
from app.assessments.drift import Drift
from app.assessments.ledger import Dated, Ledger, Line, Retelling
from app.assessments.models import Question
from app.assessments.queries import State
from app.assessments.retelling.queries import Holding
from app.cases.caller import Caller
from app.http.caller import allowed
from app.http.transactions import Reading
from app.recordings import queries
from app.web.rendering import page

router = APIRouter()
Reader = Annotated[Caller, allowed(Permission.ASSESSMENT_READ)]
QUESTIONS: dict[Question, str] = {
    Question.INTEGRITY: "Are these the bytes, unchanged since they were made?",
    Question.CONTINUITY: "Is it one recording, without cuts or insertions?",
    Question.SYNTHETIC_ORIGIN: "Was it spoken, or made by a machine?",
    Question.CLAIMED_SOURCE: "Does it come from where it is said to come from?",
    Question.SPEAKER: "Is the speaker who they are said to be?",
    Question.TIME_PLACE: "Was it made when and where it is said to be?",
    Question.TRANSCRIPT_ACCURACY: "Is what was printed what is heard?",
    Question.LINK_TO_EVENT: "Does it belong to the event it is put beside?",
}
"""What each question asks, as people ask it."""
_DATES, _LANE, _ROW, _HEAD, _WORDS = 92, 46, 38, 118, 170


@dataclass(frozen=True, slots=True)
class Mark:
    """A statement (circle) or a retelling (diamond): its place, number, look and what it is."""

    x: int
    y: int
    number: int
    look: str
    told: bool
    target: str
    said: str
    beside: str


@dataclass(frozen=True, slots=True)
class Tie:
    """From a statement to a way it was told again."""

    x1: int
    y1: int
    x2: int
    y2: int
    look: str


@dataclass(frozen=True, slots=True)
class Label:
    """Words at a place of the drawing."""

    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything drawn, and the size of the sheet; `apart` is where the undated rows begin."""

    width: int
    height: int
    lanes: Sequence[Label]
    dates: Sequence[Label]
    marks: Sequence[Mark]
    ties: Sequence[Tie]
    apart: int | None
    words_x: int


@dataclass(frozen=True, slots=True)
class Numbered:
    """A ledger with the numbers that drawing and list share, by row id."""

    ledger: Ledger
    numbers: dict[str, int]
    drawing: Drawing | None


def numbered(ledger: Ledger) -> Numbered:
    """Number every statement and retelling in time, and draw them."""
    rows = sorted(
        [
            *((line.dated, line, None) for line in ledger.lines),
            *((one.dated, line, one) for line in ledger.lines for one in line.retellings),
        ],
        key=lambda row: (row[0] is None, row[0].edtf if row[0] else "", row[2] is not None),
    )
    numbers = {_id(line, one): at for at, (_, line, one) in enumerate(rows, start=1)}
    return Numbered(ledger, numbers, _drawn(ledger, rows, numbers) if rows else None)


@router.get("/recordings/{recording_id}/ledger")
def ledger(recording_id: str, request: Request, session: Reading, caller: Reader) -> Response:
    """Every statement on a recording's authenticity and what became of it, in time."""
    found = queries.get(session, recording_id)
    caller.require(Permission.ASSESSMENT_READ, found.case_id, thing="recording")
    return page(
        request,
        "ledger.html",
        caller=caller,
        section="Recordings",
        recording=found,
        description=queries.description_of(session, recording_id),
        told=of_recording(session, recording_id),
        asked=QUESTIONS,
    )


def of_recording(session: Session, recording_id: str) -> Numbered:
    """The ledger of a recording as it stands now, numbered and drawn."""
    return numbered(ledgers.of_recording(session, recording_id))


def _drawn(
    ledger: Ledger,
    rows: Sequence[tuple[Dated | None, Line, Retelling | None]],
    numbers: dict[str, int],
) -> Drawing:
    lanes = {question: _DATES + _LANE * at for at, question in enumerate(ledger.questions)}
    words_x = _DATES + _LANE * len(lanes) - 8
    first_undated = next((at for at, row in enumerate(rows) if row[0] is None), None)
    apart = None if first_undated is None else _HEAD + _ROW * first_undated - _ROW // 2
    marks = [
        _mark(line, one, lanes[line.assessment.question], _HEAD + _ROW * at, numbers)
        for at, (_, line, one) in enumerate(rows)
    ]
    place = {mark.target: mark for mark in marks}
    ties = [
        Tie(*_at(place[line.assessment.id]), *_at(place[_id(line, one)]), _look_of_tie(one))
        for _, line, one in rows
        if one is not None
    ]
    return Drawing(
        width=words_x + _WORDS,
        height=_HEAD + _ROW * len(rows),
        lanes=[Label(x, _HEAD - 24, _words(question)) for question, x in lanes.items()],
        dates=_date_labels(rows),
        marks=marks,
        ties=ties,
        apart=apart,
        words_x=words_x,
    )


def _mark(line: Line, one: Retelling | None, x: int, y: int, numbers: dict[str, int]) -> Mark:
    target = _id(line, one)
    if one is None:
        state = line.standing.state
        stance = _words(line.assessment.stance)
        gone = "" if state is State.IN_FORCE else f", {_words(state)}"
        look = "in-force" if state is State.IN_FORCE else "gone"
        return Mark(
            x, y, numbers[target], look, told=False, target=target,
            said=f"{_words(line.assessment.question)}: {stance}{gone}", beside=f"{stance}{gone}",
        )  # fmt: skip
    drift = ", ".join(_words(each) for each in one.restated.drift)
    holds = one.restated.holding is Holding.HOLDS
    gone = "" if holds else f", {one.restated.holding}"
    look = "gone" if not holds else "same" if one.restated.drift == [Drift.SAME] else "drift"
    return Mark(
        x, y, numbers[target], look, told=True, target=target,
        said=f"told again: {drift}{gone}", beside=_short(one, gone),
    )  # fmt: skip


def _short(one: Retelling, gone: str) -> str:
    """The first way it departs, and how many more there are."""
    drift = one.restated.drift
    more = f" +{len(drift) - 1}" if len(drift) > 1 else ""
    return f"{_words(drift[0])}{more}{gone}"


def _look_of_tie(one: Retelling) -> str:
    if one.restated.holding is not Holding.HOLDS:
        return "gone"
    return "same" if one.restated.drift == [Drift.SAME] else "drift"


def _date_labels(
    rows: Sequence[tuple[Dated | None, Line, Retelling | None]],
) -> list[Label]:
    """Each date once, at its first row; what has none says so once."""
    found: list[Label] = []
    last: str | None = None
    for at, (dated, _, _) in enumerate(rows):
        text = dated.edtf[:10] if dated else "no date"
        if text != last:
            found.append(Label(0, _HEAD + _ROW * at + 4, text))
        last = text
    return found


def _id(line: Line, one: Retelling | None) -> str:
    return one.restated.restatement.id if one else line.assessment.id


def _at(mark: Mark) -> tuple[int, int]:
    return mark.x, mark.y


def _words(value: str) -> str:
    return str(value).replace("_", " ")
