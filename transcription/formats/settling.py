"""
Which times in a transcript file are believed, refused or, when that is asked for, repaired.

The rules are the same for every format. A time lies between 0 and the end of the recording,
where that is known (`OVERHANG_MS` later at most: decoders differ about the end of a file). An
end is never before its start. Segments come in the order in which they start, and one begins at
most `SLACK_MS` before an earlier one of the same voice ends (engines round ends and starts apart);
two voices that are both named may overlap as they like, as people do. Words keep the same order
inside their segment, and may leave it by as much.

Without `repair` the first fault is raised. With it each fault becomes a `Repair`, by these rules:
reversed times are exchanged; what reaches out of range is cut to it; where only one time is given
or nothing is left, the times are unknown; of two that overlap the earlier ends where the later
starts; a segment out of order moves to its place, a word out of order loses its times. A word
whose times were repaired is marked as interpolated. No text is ever changed.
"""

from dataclasses import dataclass, field, replace

from transcription.errors import Malformed
from transcription.formats.draft import Draft, Lines, Reading, Repair
from transcription.formats.timing import MAX_MS, spoken
from transcription.transcript import Segment, Transcript, Word

SLACK_MS = 20
"""How far two neighbouring segments, or words, may overlap before the file is refused."""

OVERHANG_MS = 250
"""How far past the end of a recording a time may lie: lossy codecs leave its length open."""

MAX_VOICES = 200
"""A file that names more speakers than this is no transcript."""

MAX_REPAIRS = 500
"""A file that needs more repairs than this is no transcript of the recording."""

Times = tuple[int, int] | None
UNKNOWN = "times unknown"


def settled(draft: Draft, *, duration_ms: int | None = None, repair: bool = False) -> Reading:
    """
    Believe the times of a draft, or refuse them: `Malformed` names the line and the fault.

    `duration_ms` is the recording's, if it is known. With `repair` faults are repaired and listed.
    """
    rules = _Rules(draft.line, duration_ms, repair=repair)
    segments = rules.in_range(list(draft.segments))
    order = rules.in_order(segments)
    segments = rules.apart(segments, order)
    kept = tuple(rules.words(segments[at], at) for at in order)
    if rules.repairs:  # what was repaired must now pass as it is
        settled(
            Draft(draft.language, kept, _reordered(draft.line, order)), duration_ms=duration_ms
        )
    repairs = tuple(sorted(rules.repairs, key=lambda made: made.line))
    return Reading(Transcript(draft.language, kept), draft.machine, repairs, draft.left_out)


@dataclass(slots=True)
class _Rules:
    """One pass over a draft; `repairs` grows as faults are met."""

    line: Lines
    duration_ms: int | None
    repair: bool = field(kw_only=True)
    repairs: list[Repair] = field(default_factory=list)

    def fault(
        self,
        message: str,
        found: str,
        made: str,
        at: int,
        word: int | None = None,
        changed: tuple[int, int | None] | None = None,
    ) -> None:
        """Raise where the fault is met, or note what was made of it where `changed` stands."""
        line = self.line(at, word)
        if not self.repair:
            raise Malformed(message, line=line)
        line = self.line(*changed) if changed else line
        if len(self.repairs) == MAX_REPAIRS:
            raise Malformed(f"more than {MAX_REPAIRS} times would have to be repaired", line=line)
        self.repairs.append(Repair(line, found, made))

    def in_range(self, segments: list[Segment]) -> list[Segment]:
        """Every segment's own two times."""
        for at, segment in enumerate(segments):
            times = self._pair(segment, "segment", at)
            segments[at] = _timed(segment, times)
        return segments

    def in_order(self, segments: list[Segment]) -> list[int]:
        """The numbers of the segments by their starts; an untimed one stays behind its neighbour."""
        keys: list[int] = []
        latest = behind = 0
        for at, segment in enumerate(segments):
            start = segment.start_ms
            if start is not None:
                if start < latest:
                    self.fault(
                        "a segment starts before the one in front of it",
                        f"segment at {_times(segment)}, behind one that starts later",
                        "moved to its place in time",
                        at,
                    )
                latest, behind = max(latest, start), start
            keys.append(behind)
        return sorted(range(len(segments)), key=keys.__getitem__)

    def apart(self, segments: list[Segment], order: list[int]) -> list[Segment]:
        """No voice overlaps itself, nor a voice that nobody named."""
        last: dict[str | None, int] = {}
        for at in order:
            segment = segments[at]
            if segment.start_ms is None:
                continue
            # A voice that is not named may be any of the others.
            voices = {segment.speaker, None} if segment.speaker else set(last)
            for front in sorted(last[voice] for voice in voices & last.keys()):
                before = segments[front]
                if before.end_ms is not None and segment.start_ms < before.end_ms - SLACK_MS:
                    made = replace(before, end_ms=segment.start_ms)
                    self.fault(
                        "a segment overlaps the one in front of it",
                        f"segment at {_times(before)}, overlapped by one at {_times(segment)}",
                        _times(made),
                        at,
                        changed=(front, None),
                    )
                    segments[front] = made
            last[segment.speaker] = at
            if len(last) > MAX_VOICES:
                raise Malformed(f"more than {MAX_VOICES} speakers are named", line=self.line(at))
        return segments

    def words(self, segment: Segment, at: int) -> Segment:
        """The words of a segment whose own times are settled."""
        words: list[Word] = []
        front: int | None = None
        for number, stated in enumerate(segment.words):
            word = _timed_word(stated, self._pair(stated, "word", at, number))
            word = self._within(word, segment, at, number)
            if word.start_ms is not None and front is not None:
                before = words[front]
                word, words[front] = self._after(word, before, at, number, front)
            words.append(word)
            front = number if word.start_ms is not None else front
        return segment if tuple(words) == segment.words else replace(segment, words=tuple(words))

    def _pair(self, one: Segment | Word, what: str, at: int, word: int | None = None) -> Times:
        start, end = one.start_ms, one.end_ms
        if start is None and end is None:
            return None
        if start is None or end is None:
            message = f"a {what} has only one of its two times"
            self.fault(message, f"{what} at {_times(one)}", UNKNOWN, at, word)
            return None
        if end < start:
            message = f"a {what} ends before it starts"
            start, end = end, start
            made = f"{_span(start, end)}, the two exchanged"
            self.fault(message, f"{what} at {_times(one)}", made, at, word)
        return self._ranged(start, end, what, at, word)

    def _ranged(self, start: int, end: int, what: str, at: int, word: int | None) -> Times:
        last = MAX_MS if self.duration_ms is None else self.duration_ms
        allowed = last if self.duration_ms is None else last + OVERHANG_MS
        if start >= 0 and end <= allowed:
            return start, end
        kept = (max(start, 0), min(end, last)) if end >= 0 and start <= last else None
        message = f"a {what} is out of range"
        if self.duration_ms is not None and end > allowed:
            message += f": the recording ends at {spoken(last)}"
        found = f"{what} at {_span(start, end)}"
        self.fault(message, found, _span(*kept) if kept else UNKNOWN, at, word)
        return kept

    def _within(self, word: Word, segment: Segment, at: int, number: int) -> Word:
        if word.start_ms is None or word.end_ms is None:
            return word
        if segment.start_ms is None or segment.end_ms is None:
            return word
        begin, last = segment.start_ms, segment.end_ms
        if begin - SLACK_MS <= word.start_ms and word.end_ms <= last + SLACK_MS:
            return word
        start, end = max(begin, word.start_ms), min(last, word.end_ms)
        made = _timed_word(word, (start, end) if start < end else None)
        found = f"word at {_times(word)}, outside its segment at {_times(segment)}"
        self.fault("a word lies outside its segment", found, _times(made), at, number)
        return made

    def _after(
        self, word: Word, before: Word, at: int, number: int, front: int
    ) -> tuple[Word, Word]:
        """A timed word behind another: the two as they may stand."""
        start = word.start_ms
        if start is None or before.start_ms is None or before.end_ms is None:
            return word, before
        found = f"word at {_times(word)}, behind one at {_times(before)}"
        if start < before.start_ms:
            message = "a word starts before the one in front of it"
            self.fault(message, found, UNKNOWN, at, number)
            return _timed_word(word, None), before
        if start < before.end_ms - SLACK_MS:
            cut = _timed_word(before, (before.start_ms, start))
            found = f"word at {_times(before)}, overlapped by one at {_times(word)}"
            message = "a word overlaps the one in front of it"
            self.fault(message, found, _times(cut), at, number, changed=(at, front))
            return word, cut
        return word, before


def _reordered(line: Lines, order: list[int]) -> Lines:
    def moved(segment: int, word: int | None = None) -> int:
        return line(order[segment], word)

    return moved


def _timed(segment: Segment, times: Times) -> Segment:
    start, end = times or (None, None)
    if (start, end) == (segment.start_ms, segment.end_ms):
        return segment
    return replace(segment, start_ms=start, end_ms=end)


def _timed_word(word: Word, times: Times) -> Word:
    """The word at these times: marked as interpolated if they are not the ones it had."""
    start, end = times or (None, None)
    if (start, end) == (word.start_ms, word.end_ms):
        return word
    return replace(word, start_ms=start, end_ms=end, interpolated=times is not None)


def _times(one: Segment | Word) -> str:
    if one.start_ms is None and one.end_ms is None:
        return UNKNOWN
    return _span(one.start_ms, one.end_ms)


def _span(start: int | None, end: int | None) -> str:
    return " to ".join("?" if moment is None else spoken(moment) for moment in (start, end))
