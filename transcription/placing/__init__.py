"""
Placing: a text that is known to be said is given times, without any weights (forced alignment).

    from transcription.placing.timing import timed
    found = timed(transcript, samples)      # the same transcript, its words with times

English, Russian and Ukrainian. espeak-ng says the text in several voices; what they have in common,
heard through the recording's own noise and colour, is followed through the recording by a
hidden Markov model that adapts to the speaker (see `placement`).

What it cannot do: tell whether a single word was said. It assumes the text, and says no more
than that a stretch of some seconds fits better than decoys made of the same sounds (`support`).

On radio so rough that nothing fits, `guide` places a text by the words of it that a machine heard, and `turns` lays
the lines between on the transmissions between.

Importing this much is cheap; `placement` and `timing` bring numba.
"""

VOICES = {"en": "en-us", "ru": "ru", "uk": "uk"}
"""espeak-ng's voice for each language in which the method was measured."""

LANGUAGES = frozenset(VOICES)
