"""
Placing a text by what a machine heard of it: for radio in which no sound can be told from another.

Neither synthetic voices nor attention find a text under such noise; yet a large model hears a good part of the
words, and whoever wrote the text down heard the rest. Words of the text that were heard too, in runs so long that
chance does not make them, get the times at which they were heard. Between two runs, the lines of the text are laid on
the transmissions of the recording (`turns`); those words are marked as interpolated: the order of the text and
the length of what is said tell where they are, and no sound of theirs. Nothing bounds words before the
first run and after the last; they get no time, and neither do words for which there is too little or too
much speech.

Divide and conquer between anchors: Moreno et al., 1998.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby, pairwise

from rapidfuzz.distance import Levenshtein

from transcription.activity import SAMPLE_RATE_HZ, Samples
from transcription.errors import NothingToAlign, NothingToFollow
from transcription.placing import turns
from transcription.placing.timing import regrouped, unsaid
from transcription.span import Span
from transcription.text import fold
from transcription.transcript import Transcript, Word

METHOD = "guide"
VERSION = "1"
SURE_WORDS = 4
"""Runs of so many words are taken to be the same words; shorter ones recur."""
LONGEST_WORD_MS, LONGEST_LETTER_MS = 300, 120
"""A word that was heard for longer was stretched over something that was not heard."""
NOTICE = (
    "Times by what a machine heard of the same words. Interpolated words were given their part of what is "
    "transmitted between; the audio itself says nothing of them."
)

Told = Callable[[str], None]


def timed(
    transcript: Transcript, samples: Samples, guide: Transcript, *, told: Told = lambda _: None
) -> Transcript:
    """
    The same segments and words with times on `samples` (16 kHz), by those of the words in `guide`.

    A segment is a turn: what one voice says before another does. Words have no per mille. Raises
    `NothingToAlign` for a text without words, and `NothingToFollow` where `guide` has nowhere four
    words in a row of the text, with times of their own in the recording.
    """
    words = list(transcript.words())
    skipped = unsaid(transcript)
    said = [n for n, word in enumerate(words) if n not in skipped and fold(word.text)]
    if not said:
        raise NothingToAlign("text")
    letters = [fold(words[number].text) for number in said]
    told("comparing with what was heard")
    anchors = _anchors(letters, _heard(guide, len(samples) * 1000 // SAMPLE_RATE_HZ))
    if not anchors:
        raise NothingToFollow(SURE_WORDS)
    told("telling transmissions from pauses")
    turn = [
        number
        for number, segment in enumerate(transcript.segments)
        for _ in segment.words or segment.text.split()
    ]
    computed = _between(
        anchors, letters, [turn[number] for number in said], turns.transmissions(samples)
    )
    placed = [Word(word.text) for word in words]
    for at, span in (anchors | computed).items():
        text = words[said[at]].text
        placed[said[at]] = Word(text, span.start_ms, span.end_ms, interpolated=at in computed)
    return regrouped(transcript, placed)


def derivation(guide: Mapping[str, object]) -> dict[str, object]:
    """What made the times: `guide` names what was followed; every parameter, as plain values."""
    return {
        "method": METHOD,
        "version": f"{METHOD} {VERSION}",
        "guide": dict(guide),
        "parameters": {
            "sure_words": SURE_WORDS,
            "longest_word_ms": LONGEST_WORD_MS,
            "longest_letter_ms": LONGEST_LETTER_MS,
            **turns.PARAMETERS,
        },
    }


def _heard(guide: Transcript, length_ms: int) -> list[tuple[str, Span]]:
    """The guide's words with times of their own, in the recording, none before the one before it."""
    found: list[tuple[str, Span]] = []
    for word in guide.words():
        if word.start_ms is None or word.end_ms is None or word.interpolated:
            continue
        earliest = found[-1][1].start_ms if found else 0
        if earliest <= word.start_ms <= word.end_ms <= length_ms:
            found.append((fold(word.text), Span(word.start_ms, word.end_ms)))
    return found


def _anchors(text: Sequence[str], heard: Sequence[tuple[str, Span]]) -> dict[int, Span]:
    """When the words of the text were said that were heard, in their order."""
    found: dict[int, Span] = {}
    for step in Levenshtein.opcodes(text, [word for word, _ in heard]):
        if step.tag != "equal":
            continue
        pairs = zip(
            range(step.src_start, step.src_end),
            heard[step.dest_start : step.dest_end],
            strict=True,
        )
        for is_sound, run in groupby(pairs, key=lambda pair: _is_sound(*pair[1])):
            same = list(run)
            if is_sound and len(same) >= SURE_WORDS:
                found.update((at, span) for at, (_, span) in same)
    return found


def _between(
    anchors: Mapping[int, Span],
    text: Sequence[str],
    turn: Sequence[int],
    spoken: Sequence[Span],
) -> dict[int, Span]:
    """When the words between anchors are said, where they fit; `turn` numbers that of each word."""
    found: dict[int, Span] = {}
    pace = _letters_a_second(text, anchors)
    for (before, first), (after, last) in pairwise(anchors.items()):
        within = range(before + 1, after)
        if not within:
            continue
        free = turns.between(
            spoken,
            first.end_ms,
            last.start_ms,
            new=turn[before] != turn[within[0]],
            over=turn[after] != turn[within[-1]],
        )
        lines = [[text[at] for at in line] for _, line in groupby(within, key=turn.__getitem__)]
        spans = turns.laid(lines, spoken, free, letters_a_second=pace)
        found.update(zip(within, spans, strict=False))
    return found


def _is_sound(word: str, span: Span) -> bool:
    return span.duration_ms <= LONGEST_WORD_MS + LONGEST_LETTER_MS * len(word)


def _letters_a_second(text: Sequence[str], anchors: Mapping[int, Span]) -> float:
    """How fast is spoken where it is known."""
    letters = milliseconds = 0
    for (at, span), (following, later) in pairwise(anchors.items()):
        if following == at + 1:
            letters += len(text[at]) + 1
            milliseconds += later.start_ms - span.start_ms
    return letters * 1000 / max(1, milliseconds)
