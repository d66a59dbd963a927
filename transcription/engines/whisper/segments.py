"""From what Whisper wrote to segments with words and times on the recording's clock."""

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any, TypeAlias

from transcription.activity.sound import Samples
from transcription.engines import timing
from transcription.engines.whisper.attention import Timed
from transcription.engines.whisper.decoding import Pass, Utterance
from transcription.engines.window import Window
from transcription.span import Span
from transcription.transcript import Flag, Segment, Word

_NO_SPEECH = 0.6


Times: TypeAlias = Callable[[list[int], Pass], list[Timed]]
"""The words of the text tokens of a pass, with their times in it."""


def segments(
    tokenizer: Any,
    passes: Sequence[Pass],
    *,
    times: Times | None,
    samples: Samples,
    window: Window,
) -> tuple[Segment, ...]:
    """
    What was said in one window. A segment ends at the latest where silence was left out.

    Without `times`, words are spread over their segment by their letters.
    """
    pauses = timing.pauses(samples, window)
    found: list[Segment] = []
    for heard in passes:
        if heard.is_silence:
            continue
        groups = (
            _by_attention(times, heard, window, pauses)
            if times
            else _by_letters(tokenizer, heard, window, pauses)
        )
        found += (_segment(group, doubtful=heard.no_speech > _NO_SPEECH) for group in groups)
    return tuple(found)


def _by_attention(
    times: Times, heard: Pass, window: Window, pauses: Sequence[Span]
) -> list[list[Word]]:
    tokens = [token for utterance in heard.utterances for token in utterance.tokens]
    found = times(tokens, heard)
    placed = timing.placed(
        [
            timing.Rough(
                word.text,
                heard.offset_ms + word.start_ms,
                heard.offset_ms + word.end_ms,
                word.permille,
            )
            for word in found
        ],
        pauses,
        window,
    )
    ends, passed = [], 0
    for utterance in heard.utterances:
        passed += len(utterance.tokens)
        ends.append(passed)
    keyed = [
        ((sum(end <= word.first_token for end in ends), window.island_of(at.start_ms or 0)), at)
        for word, at in zip(found, placed, strict=True)
    ]
    return [[at for _, at in group] for _, group in groupby(keyed, key=lambda pair: pair[0])]


def _by_letters(
    tokenizer: Any, heard: Pass, window: Window, pauses: Sequence[Span]
) -> list[list[Word]]:
    def spread(utterance: Utterance) -> list[Word]:
        start, end = timing.inner(
            pauses, heard.offset_ms + utterance.start_ms, heard.offset_ms + utterance.end_ms
        )
        text = tokenizer.decode(list(utterance.tokens)).strip()
        return list(timing.interpolated(text, window.original(start, end)))

    return [found for utterance in heard.utterances if (found := spread(utterance))]


def _segment(words: list[Word], *, doubtful: bool) -> Segment:
    text = " ".join(word.text for word in words)
    span = timing.around(words)
    warned = (Flag.HALLUCINATION_SUSPECT,) if doubtful else ()
    return Segment(text, span.start_ms, span.end_ms, tuple(words), flags=warned)
