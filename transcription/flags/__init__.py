"""
Warnings about the segments of any transcript, whoever made it, that trust no engine's confidence.

On real radio, words that a looping decoder invented were given .97 by their engine while true ones
were given .4. What sees through it are the text itself, its times, and the sound:

    repetition             the same words over and over, also across segments (`loops`)
    hallucination_suspect  a phrase that such models write for silence (`phantoms`); more letters than
                           anybody can say; words crushed to no length; text where nothing is to be heard
    unintelligible         three seconds and more of speech with hardly a letter written
    clipped                more than five samples in a thousand are at full scale

A warning says what to be wary of, never what is so: an order that really was given six times in one
breath is warned of as a repetition too. Nothing is deleted.
"""

from dataclasses import replace

from transcription.activity import Samples
from transcription.flags.loops import looped
from transcription.flags.phantoms import is_phantom
from transcription.flags.rates import is_crushed, is_too_fast
from transcription.transcript import Flag, Segment, Transcript

__all__ = ["flagged", "flags_for"]


def flags_for(
    transcript: Transcript, samples: Samples | None = None
) -> tuple[tuple[Flag, ...], ...]:
    """
    What to be wary of in each segment, by these rules alone.

    `samples` are the recording at 16 kHz; without them the sound is not asked.
    """
    loops = looped(transcript.segments)
    found = [
        {
            **({Flag.REPETITION: None} if loop else {}),
            **({Flag.HALLUCINATION_SUSPECT: None} if _looks_invented(segment) else {}),
        }
        for segment, loop in zip(transcript.segments, loops, strict=True)
    ]
    if samples is not None:
        from transcription.flags.sound import heard

        for flags, more in zip(found, heard(transcript.segments, samples), strict=True):
            flags.update(dict.fromkeys(more))
    return tuple(tuple(flags) for flags in found)


def flagged(transcript: Transcript, samples: Samples | None = None) -> Transcript:
    """The transcript with these warnings added to those that its segments carry already."""
    return replace(
        transcript,
        segments=tuple(
            replace(segment, flags=tuple(dict.fromkeys((*segment.flags, *more))))
            for segment, more in zip(
                transcript.segments, flags_for(transcript, samples), strict=True
            )
        ),
    )


def _looks_invented(segment: Segment) -> bool:
    return is_phantom(segment.text) or is_too_fast(segment) or is_crushed(segment)
