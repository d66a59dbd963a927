"""
Where in a recording somebody may be speaking, told from levels alone and without any model.

    sound      samples at 16 kHz, and spans of them
    levels     how loud each 20 ms are, by band, and how loud the noise beneath
    islands    what stands out and is not certainly something else
    pitch      whether a voice is in it
"""

from transcription.activity.islands import islands, runs, voiced
from transcription.activity.levels import Levels, levels
from transcription.activity.pitch import has_pitch
from transcription.activity.sound import SAMPLE_RATE_HZ, Samples, cut

__all__ = [
    "SAMPLE_RATE_HZ",
    "Levels",
    "Samples",
    "cut",
    "has_pitch",
    "islands",
    "levels",
    "runs",
    "voiced",
]
