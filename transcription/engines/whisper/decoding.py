"""
From sound to tokens: several windows decoded at once, each encoded once.

`whisper.decode` on a batch shares the reading of the weights, which is what decoding on a CPU
waits for. Where Whisper stopped in the middle of a window (its last timestamps are a pair), the rest
is heard in another round, as `whisper.transcribe` does it. Nothing is conditioned on earlier
text, which is what makes Whisper repeat itself.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from typing import Any

from transcription.activity.sound import SAMPLE_RATE_HZ, Samples
from transcription.engines.whisper.checkpoint import Checkpoint
from transcription.engines.whisper.settings import Settings

SEED = 0
LEAST_REST_MS = 1000
_SILENT_PERMILLE = 600
_SILENT_LOGPROB = -1.0
_MS_PER_STAMP = 20
_KEPT = 16


@dataclass(frozen=True, slots=True)
class Utterance:
    """What stands between two timestamps: text tokens, milliseconds on the clock of what was heard."""

    tokens: tuple[int, ...]
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """What a decoder wrote for one sound; `kept` is what its words can be timed by."""

    tokens: list[int]
    logprob: float
    no_speech: float
    kept: Any


@dataclass(frozen=True, slots=True, eq=False)
class Pass:
    """One decoding of a window or of its rest, which begins at `offset_ms`; `kept` as in `Result`."""

    offset_ms: int
    duration_ms: int
    kept: Any
    utterances: tuple[Utterance, ...]
    logprob: float
    no_speech: float

    @property
    def is_silence(self) -> bool:
        """Whether Whisper itself takes it for silence, by its own rule."""
        return self.no_speech * 1000 > _SILENT_PERMILLE and self.logprob < _SILENT_LOGPROB


class Encoder:
    """What was last encoded is kept, for language, decoding, timing and forcing to share."""

    def __init__(self, checkpoint: Checkpoint) -> None:
        self._model = checkpoint.model
        self._kept: OrderedDict[bytes, Any] = OrderedDict()

    def __call__(self, sound: Samples) -> Any:
        """Features of shape (1, 1500, d) of up to 30 s; each sound by itself, so that none sways another."""
        import torch
        import whisper

        key = blake2b(sound.tobytes(), digest_size=16).digest()
        if key not in self._kept:
            heard = whisper.pad_or_trim(sound)
            mel = whisper.log_mel_spectrogram(heard, self._model.dims.n_mels)
            with torch.no_grad():
                self._kept[key] = self._model.embed_audio(mel[None])
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]


def decoded(
    checkpoint: Checkpoint,
    encoder: Encoder,
    sounds: Sequence[Samples],
    *,
    language: str,
    task: str,
    settings: Settings,
    suppressed: Sequence[int],
) -> list[list[Pass]]:
    """The passes over each sound, in order. Gives the same again for the same sounds in the same order."""
    import torch
    import whisper

    options = whisper.DecodingOptions(
        task=task,
        language=language,
        temperature=settings.temperature_permille / 1000,
        beam_size=settings.beam if settings.beam > 1 else None,
        sample_len=settings.token_limit,
        without_timestamps=not settings.timestamps,
        suppress_tokens=list(suppressed),
        fp16=False,
    )

    def hear(rests: Sequence[Samples]) -> list[Result]:
        features = torch.cat([encoder(rest) for rest in rests])
        return [
            Result(one.tokens, one.avg_logprob, one.no_speech_prob, features[row : row + 1])
            for row, one in enumerate(whisper.decode(checkpoint.model, features, options))
        ]

    torch.manual_seed(SEED)
    return in_rounds(sounds, hear, checkpoint.tokenizer(language, task))


def in_rounds(
    sounds: Sequence[Samples], hear: Callable[[Sequence[Samples]], list[Result]], tokenizer: Any
) -> list[list[Pass]]:
    """The passes over each sound: all of them at once, then what is left of some, until none is."""
    found: list[list[Pass]] = [[] for _ in sounds]
    pending = [(number, 0) for number in range(len(sounds))]
    while pending:
        rests = [sounds[number][ms * SAMPLE_RATE_HZ // 1000 :] for number, ms in pending]
        further = []
        for (number, offset), rest, result in zip(pending, rests, hear(rests), strict=True):
            duration = len(rest) * 1000 // SAMPLE_RATE_HZ
            utterances, until = _utterances(result.tokens, tokenizer, duration)
            found[number].append(
                Pass(
                    offset,
                    duration,
                    result.kept,
                    utterances,
                    result.logprob,
                    result.no_speech,
                )
            )
            if until and duration - until >= LEAST_REST_MS:
                further.append((number, offset + until))
        pending = further
    return found


def _utterances(
    tokens: list[int], tokenizer: Any, duration_ms: int
) -> tuple[tuple[Utterance, ...], int]:
    """What stands between timestamps, and how far it was heard (0: to the end)."""
    stamps = tokenizer.timestamp_begin
    is_stamp = [token >= stamps for token in tokens]
    ends = [at + 1 for at, (here, there) in enumerate(pairwise(is_stamp)) if here and there]
    if not ends:
        last = next((token for token in reversed(tokens) if token > stamps), None)
        end = duration_ms if last is None else (last - stamps) * _MS_PER_STAMP
        parts, until = [(tokens, 0, end)], 0
    else:
        closed = is_stamp[-2:] == [False, True]
        parts = [
            (part, *((token - stamps) * _MS_PER_STAMP for token in (part[0], part[-1])))
            for part in (
                tokens[first:last]
                for first, last in pairwise([0, *ends, *([len(tokens)] if closed else [])])
            )
        ]
        until = 0 if closed else max(parts[-1][2], LEAST_REST_MS)
    utterances = tuple(
        Utterance(text, min(start, duration_ms), min(max(start, end), duration_ms))
        for part, start, end in parts
        if (text := tuple(token for token in part if token < tokenizer.eot))
    )
    return utterances, until
