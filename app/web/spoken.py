"""What is said, as the recording page shows it: lines, the readings beside them, versions, voices."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.cases.caller import Caller
from app.recordings.models import Recording
from app.transcripts import listening, placing, versions
from app.transcripts.listening import ReadingState, Standing
from app.transcripts.models import Blindness, Confidence, Transcript
from transcription.marked import marked
from transcription.transcript import Segment, Word
from transcription.transcript import Transcript as Content


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """A segment with its words, each by its number in the version, and the readings at it."""

    segment: Segment
    words: Sequence[tuple[int, Word]]
    readings: Sequence[Standing]


def told(
    session: Session,
    caller: Caller,
    recording: Recording,
    transcripts: Sequence[Transcript],
    shown: Transcript | None,
    said: Content | None,
) -> dict[str, Any]:
    """What the part of the page about words needs; `said` is the content of the version shown."""
    content = said or Content("und", ())
    readings = listening.of_recording(session, recording.id)
    history = versions.history(session, transcripts)
    lines, beside = _lines(content, readings)
    marks = {
        word: each.mark.kind
        for each in marked(content)
        for word in range(each.first_word, each.last_word + 1)
    }
    return {
        "lines": lines,
        "word_marks": marks,
        "readings": readings,
        "readings_elsewhere": beside,
        "own_readings": [
            item.reading
            for item in readings
            if item.state is ReadingState.STANDS and item.reading.recorded_by == caller.actor.id
        ],
        "history": history,
        "version": next((item for item in history if shown and item.transcript is shown), None),
        "voices": versions.voices(content),
        "being_placed": shown is not None and placing.underway(session, shown) is not None,
        "placeable": shown is not None and placing.possible(session, shown, content),
        "confidences": list(Confidence),
        "blindnesses": list(Blindness),
    }


def _lines(
    content: Content, readings: Sequence[Standing]
) -> tuple[list[SpokenLine], list[Standing]]:
    """Every line with the readings that begin while it is spoken, and those before any line."""
    starts = [
        (segment.start_ms, number)
        for number, segment in enumerate(content.segments)
        if segment.start_ms is not None
    ]
    at: dict[int, list[Standing]] = {}
    beside: list[Standing] = []
    for item in readings:
        place = bisect_right(starts, (item.reading.start_ms, len(content.segments))) - 1
        if place < 0:
            beside.append(item)
        else:
            at.setdefault(starts[place][1], []).append(item)
    made: list[SpokenLine] = []
    count = 0
    for number, segment in enumerate(content.segments):
        words = list(Content(content.language, (segment,)).words())
        made.append(SpokenLine(segment, list(enumerate(words, start=count)), at.get(number, [])))
        count += len(words)
    return made, beside
