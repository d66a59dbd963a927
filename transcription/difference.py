"""
How two transcripts of one recording differ, word by word and with times.

Any two versions can be compared: a correction with its parent, two engines, a machine with a
person. As many words as possible are paired with their like (the longest common subsequence of
words as they compare, `transcription.text.fold`, so that a comma or a capital tears no pair
apart); what stands between two pairs on both sides has changed, in order. The search always runs the same way round, whichever version comes first: turning the
question round turns the answer round and changes no count.

A difference is a patch. `apply` takes the words of the first version and gives those of the second;
without tolerance (`moved_ms=0`) exactly those. How words are grouped into segments is said in
one bit, `regrouped`, and is not patched.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest

from rapidfuzz.distance import Indel, Opcode

from transcription.errors import TextTooLong
from transcription.marks import MarkKind, kind_of
from transcription.text import fold
from transcription.transcript import Flag, Transcript

MOVED_MS = 100
"""How far a word's ends may lie apart before it counts as moved, unless another is asked for."""
MAX_WORDS = 50_000
"""No transcript longer than this is compared: about five hours of unbroken speech."""


class ChangeKind(StrEnum):
    """How a word of the first version stands to one of the second."""

    SAME = "same"
    """Written the same; something else about it differs."""
    RESPELLED = "respelled"
    """The same word by the rules of comparison: case, punctuation, spelling."""
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


class Aspect(StrEnum):
    """What differs about a word that both versions have."""

    MOVED = "moved"
    """Both versions time it, further apart than was allowed."""
    TIMED = "timed"
    """Only the second version times it."""
    UNTIMED = "untimed"
    """Only the first version times it."""
    RECKONED = "reckoned"
    """In one version its times are marked as interpolated, in the other not."""
    SPEAKER = "speaker"
    FLAGS = "flags"
    CONFIDENCE = "confidence"


WORDS_CHANGED = "words_changed"
"""The name under which `Difference.counts` gives how many words differ at all."""

_REVERSED = {
    ChangeKind.ADDED: ChangeKind.REMOVED,
    ChangeKind.REMOVED: ChangeKind.ADDED,
    Aspect.TIMED: Aspect.UNTIMED,
    Aspect.UNTIMED: Aspect.TIMED,
}


@dataclass(frozen=True, slots=True)
class Heard:
    """A word with what its segment says of it: all that two versions can differ in about it."""

    text: str
    start_ms: int | None
    end_ms: int | None
    permille: int | None
    interpolated: bool
    speaker: str | None
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """
    One word that differs, with its number in each version (from 0, as `Transcript.words` counts).

    `before` is None for a word added, `after` for one removed; the number is then that of the
    next word of that version.
    """

    kind: ChangeKind
    aspects: frozenset[Aspect]
    first: int
    second: int
    before: Heard | None
    after: Heard | None

    def reversed(self) -> "Change":
        """The same change, told from the other version."""
        return Change(
            ChangeKind(_REVERSED.get(self.kind, self.kind)),
            frozenset(Aspect(_REVERSED.get(aspect, aspect)) for aspect in self.aspects),
            self.second,
            self.first,
            self.after,
            self.before,
        )


@dataclass(frozen=True, slots=True)
class Difference:
    """
    All that differs, in order; words not named are the same in everything but `moved_ms`.

    `words` are the numbers of words of the two versions, `regrouped` says whether they are
    grouped into segments differently, or the segments timed differently.
    """

    changes: tuple[Change, ...]
    words: tuple[int, int]
    moved_ms: int
    regrouped: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not self.changes and not self.regrouped

    def counts(self) -> dict[str, int]:
        """How many words differ in each way, every way named; a word may differ in several."""
        kinds = Counter(change.kind for change in self.changes)
        aspects = Counter(aspect for change in self.changes for aspect in change.aspects)
        reworded = sum(kinds[kind] for kind in ChangeKind if kind is not ChangeKind.SAME)
        told = {kind.value: kinds[kind] for kind in ChangeKind if kind is not ChangeKind.SAME}
        told |= {aspect.value: aspects[aspect] for aspect in Aspect}
        return {WORDS_CHANGED: reworded, **told}


def compare(one: Transcript, other: Transcript, *, moved_ms: int = MOVED_MS) -> Difference:
    """
    Compare two versions, word by word; words whose times lie at most `moved_ms` apart have not moved.

    `TextTooLong` past `MAX_WORDS`; `ValueError` for a tolerance below zero.
    """
    if moved_ms < 0:
        raise ValueError(f"a tolerance is not negative: {moved_ms}")
    first, second = heard(one), heard(other)
    return Difference(
        tuple(_changes(first, second, moved_ms=moved_ms)),
        (len(first), len(second)),
        moved_ms,
        _grouping(one) != _grouping(other),
    )


def apply(words: Sequence[Heard], difference: Difference) -> tuple[Heard, ...]:
    """
    The words of the second version, made from those of the first and what differs.

    `ValueError` if the words are not the ones that the difference was taken from.
    """
    if len(words) != difference.words[0]:
        raise ValueError("these are not the words that the difference was taken from")
    made: list[Heard] = []
    at = 0
    for change in difference.changes:
        made.extend(words[at : change.first])
        at = change.first
        if change.before is not None:
            if words[at] != change.before:
                raise ValueError(f"word {at} is not the one that was compared")
            at += 1
        if change.after is not None:
            made.append(change.after)
    return (*made, *words[at:])


def heard(transcript: Transcript) -> tuple[Heard, ...]:
    """Every word in order, with what its segment says of it; `TextTooLong` past `MAX_WORDS`."""
    words = tuple(
        Heard(
            word.text,
            word.start_ms,
            word.end_ms,
            word.permille,
            word.interpolated,
            segment.speaker,
            segment.flags,
        )
        for segment in transcript.segments
        for word in Transcript(transcript.language, (segment,)).words()
    )
    if len(words) > MAX_WORDS:
        raise TextTooLong("transcript", unit="words", allowed=MAX_WORDS)
    return words


def key(text: str) -> str:
    """What two words are paired by: a mark by its kind, a word as it compares, else as it is."""
    mark = kind_of(text)
    if mark is MarkKind.UNCERTAIN:
        return f"[{fold(text)}?]"
    return f"[{mark}]" if mark else fold(text) or text


def stretches(first: Sequence[str], second: Sequence[str]) -> Iterator[tuple[range, range]]:
    """
    Two rows of words cut, in order, into stretches that match and what stands between them.

    Of a matching stretch both ranges are equally long and the words alike (`key`); between two
    of them either range, or both, may be empty.
    """
    keys = [key(text) for text in first], [key(text) for text in second]
    turned = keys[1] < keys[0]
    steps = Indel.opcodes(keys[1], keys[0]) if turned else Indel.opcodes(keys[0], keys[1])
    for here, there in _runs(steps):
        yield (there, here) if turned else (here, there)


def _runs(steps: Iterable[Opcode]) -> Iterator[tuple[range, range]]:
    here, there = range(0), range(0)
    for step in steps:
        if step.tag == "equal":
            yield here, there
            yield range(step.src_start, step.src_end), range(step.dest_start, step.dest_end)
            here, there = range(step.src_end, step.src_end), range(step.dest_end, step.dest_end)
        else:
            here, there = range(here.start, step.src_end), range(there.start, step.dest_end)
    yield here, there


def _pairs(
    first: Sequence[Heard], second: Sequence[Heard]
) -> Iterator[tuple[Heard | None, Heard | None]]:
    """Words that stand beside each other; None where a version has no such word."""
    texts = [word.text for word in first], [word.text for word in second]
    for here, there in stretches(*texts):
        yield from zip_longest((first[at] for at in here), (second[at] for at in there))


def _changes(
    first: Sequence[Heard], second: Sequence[Heard], *, moved_ms: int
) -> Iterator[Change]:
    at = to = 0
    for before, after in _pairs(first, second):
        kind = _kind(before, after)
        aspects = _aspects(before, after, moved_ms=moved_ms) if before and after else frozenset()
        if kind is not ChangeKind.SAME or aspects:
            yield Change(kind, aspects, at, to, before, after)
        at, to = at + (before is not None), to + (after is not None)


def _kind(before: Heard | None, after: Heard | None) -> ChangeKind:
    if before is None:
        return ChangeKind.ADDED
    if after is None:
        return ChangeKind.REMOVED
    if before.text == after.text:
        return ChangeKind.SAME
    alike = key(before.text) == key(after.text)
    return ChangeKind.RESPELLED if alike else ChangeKind.CHANGED


def _aspects(before: Heard, after: Heard, *, moved_ms: int) -> frozenset[Aspect]:
    differs = {
        Aspect.RECKONED: before.interpolated != after.interpolated,
        Aspect.SPEAKER: before.speaker != after.speaker,
        Aspect.FLAGS: before.flags != after.flags,
        Aspect.CONFIDENCE: before.permille != after.permille,
    }
    for one, other in ((before.start_ms, after.start_ms), (before.end_ms, after.end_ms)):
        if one is not None and other is not None:
            differs[Aspect.MOVED] = differs.get(Aspect.MOVED, False) or abs(one - other) > moved_ms
        elif one is not other:
            differs[Aspect.TIMED if one is None else Aspect.UNTIMED] = True
    return frozenset(aspect for aspect, does in differs.items() if does)


def _grouping(transcript: Transcript) -> list[tuple[int, int | None, int | None]]:
    return [
        (len(segment.words) or len(segment.text.split()), segment.start_ms, segment.end_ms)
        for segment in transcript.segments
    ]
