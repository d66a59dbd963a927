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
from math import log
from pathlib import Path
from typing import Any

import numpy as np

from transcription.activity import SAMPLE_RATE_HZ, Samples, cut, has_pitch
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
_FORCED_BEAM = 1e-100
_FORCED: dict[str, Any] = {"dither": True, "seed": 0}
_LEAST = 1e-300
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

    def fits(self, samples: Samples, span: Span, words: Sequence[str]) -> tuple[int | None, ...]:
        """
        How well each of some words, said in this order in `span`, fits where it would have to be said.

        In thousandths of a natural logarithm for each 10 ms, below what fits best there; 0 is best. A word that
        the dictionary lacks is passed over and has `None`. All `None` where the words cannot be laid
        along the span at all. Goodness of pronunciation: Witt and Young, 2000.
        """
        from pocketsphinx import Decoder

        keys = [word.casefold().replace("’", "'") for word in words]
        known = [at for at, key in enumerate(keys) if self._decoder.lookup_word(key)]
        found: list[int | None] = [None] * len(words)
        if not known:
            return tuple(found)
        with _inference:
            beams = dict.fromkeys(("beam", "wbeam", "pbeam"), _FORCED_BEAM)
            aligner: Any = Decoder(
                **beams, **_FORCED, samprate=SAMPLE_RATE_HZ, loglevel="FATAL", lm=None
            )
            aligner.set_align_text(" ".join(keys[at] for at in known))
            aligner.start_utt()
            aligner.process_raw(_pcm(cut(samples, span)), full_utt=True)
            aligner.end_utt()
            laid = [item for item in aligner.seg() or () if not _is_filler(item.word)]
        if len(laid) == len(known):
            for at, item in zip(known, laid, strict=True):
                frames = item.end_frame - item.start_frame + 1
                found[at] = round(1000 * log(max(item.ascore, _LEAST)) / frames)
        return tuple(found)

    def _segments(self, samples: Samples, window: Window) -> tuple[Segment, ...]:
        heard = _pcm(window.heard(samples))
        with _inference:
            self._decoder.start_utt()
            self._decoder.process_raw(heard, full_utt=True)
            self._decoder.end_utt()
            words = self._words(window) if self._decoder.hyp() else []
        return tuple(_segment(group) for group in _grouped(words))

    def _words(self, window: Window) -> list[Word]:
        found = []
        for item in self._decoder.seg():
            if _is_filler(item.word):
                continue
            span = window.within_one(
                item.start_frame * _FRAME_MS, (item.end_frame + 1) * _FRAME_MS
            )
            permille = min(1000, round(float(item.prob) * 1000))
            found.append(Word(item.word.split("(")[0], span.start_ms, span.end_ms, permille))
        return found


def _pcm(samples: Samples) -> bytes:
    return np.clip(np.rint(samples * 32768), -32768, 32767).astype("<i2").tobytes()


def _is_filler(word: str) -> bool:
    return word.startswith(("<", "["))


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
