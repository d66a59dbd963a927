"""
Synthetic speech with the time of every word and phone in it, by espeak-ng.

Two uses, neither of them evidence: templates to place a known text on a recording, and the speech
that the exercise model is trained on. espeak-ng is reached through its C interface, since only
that tells when each word and each phone begins; the library and its voices come with the
package `espeakng-loader`, so that the same version speaks on every machine.

The same arguments give the same samples. espeak-ng alone does not keep that: phases go on from one
utterance to the next, and the breath of some voices is seeded by the clock. The library is therefore loaded for
every utterance anew (7 ms) and given a seed, and utterances are made one at a time.
"""

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

_SYNCHRONOUS = 2
_PHONEME_EVENTS = 1
_DO_NOT_EXIT = 0x8000
_UTF8 = 1
_RATE, _PITCH = 1, 3
_WORD, _PHONEME = 1, 7
_SEED = 1
_PAUSES = frozenset({"", "_", "_:", "_!", "_|", "||"})
_speaking = threading.Lock()
_unload = ctypes.CDLL(None).dlclose
_unload.argtypes = [ctypes.c_void_p]


class _Name(ctypes.Union):
    _fields_ = (
        ("number", ctypes.c_int),
        ("name", ctypes.c_char_p),
        ("string", ctypes.c_char * 8),
    )


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Name),
    )


_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


@dataclass(frozen=True, slots=True)
class Phone:
    """One phone in espeak-ng's own spelling; empty for a pause. Seconds from the start."""

    name: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Spoken:
    """
    Speech: samples of shape (n,), float32 in -1..1, at `rate_hz`; when its phones are said.

    `words` are pairs of the offset of a word's first character in the text and the second at
    which it begins. espeak-ng merges and splits words as it likes ("of the" may be one).
    """

    samples: NDArray[np.float32]
    rate_hz: int
    words: tuple[tuple[int, float], ...]
    phones: tuple[Phone, ...]


class UnknownVoice(ValueError):
    """espeak-ng has no voice of this name."""


class _Espeak:
    """The library, told where its voices lie; it keeps what the last utterance was made of."""

    def __init__(self, library: Any) -> None:
        import espeakng_loader

        self.library = library
        self.library.espeak_SetSynthCallback.argtypes = [_Callback]
        self.rate_hz = int(
            self.library.espeak_Initialize(
                _SYNCHRONOUS,
                0,
                espeakng_loader.get_data_path().encode(),
                _PHONEME_EVENTS | _DO_NOT_EXIT,
            )
        )
        if self.rate_hz <= 0:
            raise OSError("espeak-ng did not find its voices")
        self.library.espeak_ng_SetRandSeed(ctypes.c_long(_SEED))
        self._kept = _Callback(self._take)
        self.library.espeak_SetSynthCallback(self._kept)
        self.pcm = bytearray()
        self.words: list[tuple[int, float]] = []
        self.phones: list[tuple[str, float]] = []

    def _take(self, samples: Any, count: int, events: Any) -> int:
        if samples and count > 0:
            self.pcm += ctypes.string_at(samples, count * 2)
        place = 0
        while events[place].type:
            event = events[place]
            if event.type == _WORD:
                self.words.append((event.text_position - 1, event.sample / self.rate_hz))
            elif event.type == _PHONEME:
                self.phones.append((event.id.string.decode(), event.sample / self.rate_hz))
            place += 1
        return 0


@contextmanager
def _loaded() -> Iterator[_Espeak]:
    """The library with nothing in its memory, to oneself; unloaded again at the end."""
    import espeakng_loader

    with _speaking:
        library: Any = ctypes.CDLL(espeakng_loader.get_library_path())
        try:
            yield _Espeak(library)
        finally:
            library.espeak_Terminate()
            _unload(library._handle)  # noqa: SLF001 - ctypes loads, but does not unload


@cache
def version() -> str:
    """Which espeak-ng speaks."""
    with _loaded() as engine:
        engine.library.espeak_Info.restype = ctypes.c_char_p
        told = engine.library.espeak_Info(None).decode()
    return f"espeak-ng {told.split(' ')[0]}"


def speak(text: str, *, voice: str, words_per_minute: int = 165, pitch: int = 50) -> Spoken:
    """
    Say `text`; raises `UnknownVoice`.

    `voice` is an espeak-ng language, with a variant if wanted: `ru`, `en-us+f2`.
    """
    with _loaded() as engine:
        if engine.library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise UnknownVoice(voice)
        engine.library.espeak_SetParameter(_RATE, words_per_minute, 0)
        engine.library.espeak_SetParameter(_PITCH, pitch, 0)
        data = text.encode()
        engine.library.espeak_Synth(data, len(data) + 1, 0, 0, 0, _UTF8, None, None)
        samples = np.frombuffer(bytes(engine.pcm), dtype="<i2").astype(np.float32) / np.float32(
            32768
        )
        ends = [start for _, start in engine.phones[1:]] + [len(samples) / engine.rate_hz]
        phones = tuple(
            Phone("" if name in _PAUSES else name, start, max(start, end))
            for (name, start), end in zip(engine.phones, ends, strict=True)
        )
        return Spoken(samples, engine.rate_hz, tuple(engine.words), phones)
