"""
pocketsphinx: a draft of English with no weights beyond those that its package brings.

A hidden Markov model of 2007's kind with a small trigram language model. It gets about half of the
words of clear speech and few of radio; what it is good for is finding the place of a
known quote on a machine that has nothing else. Its beams are far wider than its defaults (1e-80
for 1e-48), because it is asked for the most it can hear, not for speed.

Its frames of 10 ms give word times; its posterior is the word's per mille.
"""

import importlib.metadata
import importlib.util
import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from transcription.activity import SAMPLE_RATE_HZ, Samples, has_pitch
from transcription.activity.islands import METHOD
from transcription.engines.engine import Parameters, Task
from transcription.engines.folder import digest_of_folder
from transcription.engines.window import Window
from transcription.engines.windows import LONGEST_MS, windows
from transcription.errors import EngineUnavailable, UnsupportedLanguage
from transcription.span import Span
from transcription.transcript import Segment, Word

NAME = "pocketsphinx"
NOTICE = "Draft, English only: on radio about half of the words are wrong."
SETTINGS = {"beam": "1e-80", "wbeam": "1e-60", "pbeam": "1e-80"}
_FRAME_MS = 10
_PAUSE_MS = 700
_inference = threading.Lock()


class Pocketsphinx:
    """The recogniser with the model that its package brings."""

    def __init__(self) -> None:
        from pocketsphinx import Decoder

        beams = {name: float(width) for name, width in SETTINGS.items()}
        self._decoder: Any = Decoder(**beams, samprate=SAMPLE_RATE_HZ, loglevel="FATAL")

    name = NAME
    languages = frozenset({"en"})
    tasks = frozenset({Task.TRANSCRIBE})
    window_ms = LONGEST_MS
    batch = 1
    notice = NOTICE

    @property
    def version(self) -> str:
        """The package's version."""
        return f"pocketsphinx {importlib.metadata.version('pocketsphinx')}"

    @cached_property
    def model_digest(self) -> str:
        """Digest over the model's files."""
        import pocketsphinx

        return digest_of_folder(Path(pocketsphinx.get_model_path()) / "en-us")

    @property
    def parameters(self) -> Parameters:
        """The decoder's settings that differ from its defaults, and what it was given to hear."""
        return {**SETTINGS, "windows": f"{METHOD}, with pitch, at most {self.window_ms} ms"}

    def windows(self, samples: Samples) -> tuple[Window, ...]:
        """As for every engine, but only where there is a voice: it makes words of any noise."""
        return windows(samples, longest_ms=self.window_ms, wanted=has_pitch)

    def detect_language(self, samples: Samples, window: Window) -> str:  # noqa: ARG002 - one choice
        """English: it cannot tell, and knows no other."""
        return "en"

    def transcribe_windows(
        self,
        samples: Samples,
        windows: Sequence[Window],
        *,
        language: str,
        task: Task = Task.TRANSCRIBE,
    ) -> tuple[tuple[Segment, ...], ...]:
        """See `Engine`; a pause of 0.7 s ends a segment."""
        if language not in self.languages:
            raise UnsupportedLanguage(language, by=NAME)
        if task not in self.tasks:
            raise EngineUnavailable(
                NAME, reason=f"it does not {task}", remedy="Choose a Whisper model."
            )
        return tuple(self._segments(samples, window) for window in windows)

    def _segments(self, samples: Samples, window: Window) -> tuple[Segment, ...]:
        heard = np.clip(np.rint(window.heard(samples) * 32768), -32768, 32767).astype("<i2")
        with _inference:
            self._decoder.start_utt()
            self._decoder.process_raw(heard.tobytes(), full_utt=True)
            self._decoder.end_utt()
            words = self._words(window) if self._decoder.hyp() else []
        return tuple(_segment(group) for group in _grouped(words))

    def _words(self, window: Window) -> list[Word]:
        found = []
        for item in self._decoder.seg():
            if item.word.startswith(("<", "[")):
                continue
            span = window.within_one(
                item.start_frame * _FRAME_MS, (item.end_frame + 1) * _FRAME_MS
            )
            permille = min(1000, round(float(item.prob) * 1000))
            found.append(Word(item.word.split("(")[0], span.start_ms, span.end_ms, permille))
        return found


def _grouped(words: list[Word]) -> list[list[Word]]:
    groups: list[list[Word]] = []
    for word in words:
        before = groups[-1][-1].end_ms if groups else None
        if before is None or (word.start_ms or 0) - before >= _PAUSE_MS:
            groups.append([])
        groups[-1].append(word)
    return groups


def _segment(words: list[Word]) -> Segment:
    span = Span(words[0].start_ms or 0, words[-1].end_ms or 0)
    text = " ".join(word.text for word in words)
    return Segment(text, span.start_ms, span.end_ms, tuple(words))


def available() -> None:
    """Raise `EngineUnavailable` if the package is not installed; imports nothing."""
    if importlib.util.find_spec(NAME) is None:
        raise EngineUnavailable(
            NAME,
            reason="the package is not installed",
            remedy="Install pocketsphinx into this environment.",
        )
