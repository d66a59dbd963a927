"""
The trade of decoding sound: what its zygote imports and warms, and what its children do.

A trade is a module with `prepare` and `work`, as `zygote.Trade` describes them.
"""

import contextlib
import io
import os
import wave
from pathlib import Path

import av

from transcription.sandbox import decoder, decoding, media, wire
from transcription.sandbox.limits import Limits, Reason


def prepare() -> str:
    """Load FFmpeg and decode a moment of silence; the decoder's name."""
    av.logging.set_level(None)
    named = decoder.name(is_portable=decoder.portable())
    _warm()
    return named


def work(source: int, output: int, limits: Limits, *, named: str) -> None:
    """Decode the file open as `source`, and say what stopped it where something did."""
    ending: dict[str, object]
    try:
        decoding.decode(media.Descriptor(source), output, limits, decoder=named)
    except decoding.Refused as refused:
        ending = {"outcome": "refused", "reason": refused.reason}
    except decoding.Exceeded as exceeded:
        ending = {"outcome": "exceeded", "limit": exceeded.limit}
    except MemoryError:
        ending = {"outcome": "exceeded", "limit": "memory_bytes"}
    except (av.FFmpegError, ValueError, LookupError, ArithmeticError):
        ending = {"outcome": "refused", "reason": Reason.UNKNOWN_CONTAINER}
    else:
        return
    wire.send_json(output, wire.TRAILER, ending)


def _warm() -> None:
    """Decode a moment of silence, so that nothing is left to be imported after the fork."""
    file = io.BytesIO()
    with wave.open(file, "wb") as silence:
        silence.setparams((1, 2, 8000, 0, "NONE", ""))
        silence.writeframes(bytes(1600))
    file.seek(0)
    with Path(os.devnull).open("wb") as nowhere:
        decoding.decode(file, nowhere.fileno(), Limits(), decoder="")
        with contextlib.suppress(decoding.Refused):
            decoding.decode(io.BytesIO(bytes(64)), nowhere.fileno(), Limits(), decoder="")
