"""
Whisper run by CTranslate2, in whole numbers of 8 bits: faster on a processor, and an extra to install.

    pip install earwitness[faster]
    load("faster-whisper:/models/small-ct2")     a folder that CTranslate2's converter wrote

This is the engine beneath faster-whisper. Cutting, packing, rounds, tokens and what is made of words'
times are those of the engine `whisper`; here are only encoding, decoding and alignment. It cannot be
forced: CTranslate2 tells no probabilities of a vocabulary for a given text. Which heads follow the
audio is written in the folder's `config.json`; without them, words are spread by their letters.
"""

import importlib.util
import json
import threading
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from transcription.activity import Samples
from transcription.activity.islands import METHOD
from transcription.engines.engine import Parameters, Task
from transcription.engines.folder import digest_of_folder
from transcription.engines.whisper.attention import MS_PER_TOKEN_FRAME, Timed, words
from transcription.engines.whisper.decoding import Pass, Result, in_rounds
from transcription.engines.whisper.segments import segments
from transcription.engines.window import Window
from transcription.engines.windows import LONGEST_MS, windows
from transcription.errors import EngineUnavailable, UnsupportedLanguage
from transcription.transcript import Segment

KIND = "faster-whisper"
COMPUTE = "int8"
_FILES = ("model.bin", "config.json", "vocabulary.json")
_MULTILINGUAL = 51_865
_CONTEXT = 448
_inference = threading.Lock()


class FasterWhisper:
    """One converted model. English alone if its vocabulary is the one of `.en` models."""

    batch = 8
    window_ms = LONGEST_MS
    notice = ""

    def __init__(self, folder: Path) -> None:
        import ctranslate2

        self.name = f"{KIND}:{folder.name}"
        self.version = f"ctranslate2 {ctranslate2.__version__}"
        self.model_digest = digest_of_folder(folder)
        self._vocabulary = len(json.loads((folder / "vocabulary.json").read_text("utf-8")))
        self._heads = bool(json.loads((folder / "config.json").read_text()).get("alignment_heads"))
        try:
            self._model: Any = ctranslate2.models.Whisper(
                str(folder), device="cpu", compute_type=COMPUTE
            )
        except (RuntimeError, ValueError) as error:
            raise EngineUnavailable(
                self.name, reason=f"its model cannot be read ({error})", remedy="Convert it again."
            ) from error

    @property
    def parameters(self) -> Parameters:
        """Every setting that bears on the output."""
        return {
            "device": "cpu",
            "compute_type": COMPUTE,
            "beam_size": 1,
            "temperature_permille": 0,
            "condition_on_previous_text": False,
            "windows": f"{METHOD}, at most {self.window_ms} ms, {self.batch} at once",
            "word_times": "attention" if self._heads else "interpolated",
        }

    @property
    def languages(self) -> frozenset[str]:
        """Whisper's hundred, or English alone."""
        import whisper

        if not self._model.is_multilingual:
            return frozenset({"en"})
        count = self._vocabulary - 51_765 - 1
        return frozenset(list(whisper.tokenizer.LANGUAGES)[:count])

    @property
    def tasks(self) -> frozenset[Task]:
        """Both, if it is multilingual; that `turbo` was not trained to translate, no file says."""
        multilingual = self._model.is_multilingual
        return frozenset(Task) if multilingual else frozenset({Task.TRANSCRIBE})

    def windows(self, samples: Samples) -> tuple[Window, ...]:
        """As for every engine."""
        return windows(samples, longest_ms=self.window_ms)

    def detect_language(self, samples: Samples, window: Window) -> str:
        """The likeliest of its languages in `window`."""
        if not self._model.is_multilingual:
            return "en"
        with _inference:
            (likeliest,) = self._model.detect_language(self._mel([window.heard(samples)]))
        return str(likeliest[0][0]).strip("<|>")

    def transcribe_windows(
        self,
        samples: Samples,
        windows: Sequence[Window],
        *,
        language: str,
        task: Task = Task.TRANSCRIBE,
    ) -> tuple[tuple[Segment, ...], ...]:
        """See `Engine`."""
        if language not in self.languages:
            raise UnsupportedLanguage(language, by=self.name)
        if task not in self.tasks:
            raise EngineUnavailable(
                self.name, reason=f"it does not {task}", remedy="Choose a multilingual model."
            )
        tokenizer = self._tokenizer(language, task)
        with _inference:
            passes = in_rounds(
                [window.heard(samples) for window in windows],
                lambda rests: self._heard(rests, tokenizer),
                tokenizer,
            )
            return tuple(
                segments(
                    tokenizer,
                    own,
                    times=(lambda tokens, one: self._times(tokens, one, tokenizer))
                    if self._heads
                    else None,
                    samples=samples,
                    window=window,
                )
                for own, window in zip(passes, windows, strict=True)
            )

    def _tokenizer(self, language: str, task: Task) -> Any:
        import whisper

        multilingual = self._vocabulary >= _MULTILINGUAL
        with warnings.catch_warnings(action="ignore", category=ResourceWarning):
            return whisper.tokenizer.get_tokenizer(
                multilingual,
                num_languages=self._vocabulary - 51_765 - int(multilingual),
                language=language,
                task=task.value,
            )

    def _mel(self, sounds: Sequence[Samples]) -> Any:
        """Spectrograms of shape (n, mels, 3000) in CTranslate2's own kind of array."""
        import ctranslate2
        import whisper

        mels = [
            whisper.log_mel_spectrogram(whisper.pad_or_trim(sound), self._model.n_mels)
            for sound in sounds
        ]
        return ctranslate2.StorageView.from_array(np.stack([mel.numpy() for mel in mels]))

    def _heard(self, sounds: Sequence[Samples], tokenizer: Any) -> list[Result]:
        """Each result keeps its sound, to be aligned by."""
        prompt = list(tokenizer.sot_sequence)
        results = self._model.generate(
            self._mel(sounds),
            [prompt] * len(sounds),
            beam_size=1,
            max_length=_CONTEXT // 2 + len(prompt),
            return_scores=True,
            return_no_speech_prob=True,
        )
        return [
            Result(
                list(one.sequences_ids[0]),
                float(one.scores[0]),
                float(one.no_speech_prob),
                sound,
            )
            for one, sound in zip(results, sounds, strict=True)
        ]

    def _times(self, tokens: list[int], heard: Pass, tokenizer: Any) -> list[Timed]:
        if not tokens:
            return []
        (found,) = self._model.align(
            self._mel([heard.kept]),
            list(tokenizer.sot_sequence),
            [tokens],
            max(2, heard.duration_ms // (MS_PER_TOKEN_FRAME // 2)),
        )
        at_ms = dict[int, int]()
        for token, frame in found.alignments:
            at_ms.setdefault(int(token), int(frame) * MS_PER_TOKEN_FRAME)
        logs = np.log(np.maximum(found.text_token_probs, 1e-9))
        end_ms = max(at_ms.values(), default=0)
        return [
            Timed(
                text,
                first,
                at_ms.get(first, end_ms),
                at_ms.get(last, end_ms),
                round(1000 * float(np.exp(logs[first:last].mean()))),
            )
            for text, first, last in words(tokenizer, tokens)
        ]


def available(folder: Path) -> None:
    """Raise `EngineUnavailable` if the package or one of the model's files is not here."""
    name = f"{KIND}:{folder.name}"
    if importlib.util.find_spec("ctranslate2") is None:
        raise EngineUnavailable(
            name,
            reason="ctranslate2 is not installed",
            remedy="Install the extra: pip install earwitness[faster].",
        )
    for file in _FILES:
        if not (folder / file).is_file():
            raise EngineUnavailable(
                name,
                reason=f"there is no {file} in its folder",
                remedy="Name a folder that ct2-transformers-converter wrote.",
            )
