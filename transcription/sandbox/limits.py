"""
What one decoding may use, and the closed list of reasons why it may yield nothing.

Limits are on what comes out and on what it costs, never on what the file declares of
itself: 23 kB of FLAC can hold four hours of silence, which are 461 MB of samples.
"""

from dataclasses import dataclass
from enum import StrEnum

ROOM_BYTES = 64 << 20
"""What every file may expand to, however small it is: half an hour at 16 kHz."""


class Reason(StrEnum):
    """Why no audio came out of some bytes; safe to show and to log, for it quotes none of them."""

    EMPTY = "empty_file"
    UNKNOWN_CONTAINER = "unknown_container"
    NO_AUDIO_STREAM = "no_audio_stream"
    UNKNOWN_CODEC = "unknown_codec"
    NO_SAMPLES = "no_samples"
    CRASHED = "decoder_crashed"
    BROKE_PROTOCOL = "decoder_broke_protocol"

    @property
    def explanation(self) -> str:
        """The same for people, with what they could do where something can be done."""
        return _EXPLANATIONS[self]


_EXPLANATIONS = {
    Reason.EMPTY: "The file is empty.",
    Reason.UNKNOWN_CONTAINER: (
        "The bytes are of no format that is decoded here. Samples without a header (a bare A-law "
        "file, say) do not tell their codec, rate or channels, and are never guessed at: somebody "
        "who knows these can bring a copy wrapped in a WAV file beside the original."
    ),
    Reason.NO_AUDIO_STREAM: "The file holds no sound, only pictures or text.",
    Reason.UNKNOWN_CODEC: "The sound is in a codec that is not decoded here.",
    Reason.NO_SAMPLES: "There is a header and no sound after it.",
    Reason.CRASHED: "The decoder crashed on these bytes, in its confinement.",
    Reason.BROKE_PROTOCOL: "The decoder misbehaved on these bytes, and was not believed.",
}


def explanation_of(reason: str) -> str | None:
    """A kept reason as a sentence for people; `None` for one that this release does not know."""
    return Reason(reason).explanation if reason in set(Reason) else None


@dataclass(frozen=True, slots=True)
class Limits:
    """
    Bounds of one decoding; the one that is met is named by `LimitExceeded.limit`.

    `unconfined` is the operator's waiver for a kernel that has no Landlock or no seccomp: the
    child still gets every confinement that the kernel does offer. `expansion` is how many bytes of
    samples may come out for each byte of the file, beyond `ROOM_BYTES`: speech codecs reach a few
    hundred, and long silence in a lossless one about a thousand.
    """

    decoded_seconds: int = 6 * 3600
    decoded_bytes: int = 8 << 30
    expansion: int = 4000
    channels: int = 16
    sample_rate_hz: int = 768_000
    memory_bytes: int = 1 << 30
    cpu_seconds: int = 1800
    wall_seconds: int = 1800
    unconfined: bool = False

    def bytes_out_of(self, size: int) -> int:
        """How many bytes of samples `expansion` grants a file of `size` bytes."""
        return ROOM_BYTES + self.expansion * size


@dataclass(frozen=True, slots=True)
class Confinement:
    """What this kernel was seen to enforce: Landlock's ABI (0 for none), and seccomp."""

    landlock_abi: int
    seccomp: bool

    @property
    def complete(self) -> bool:
        """Whether a decoder can be confined as it must be."""
        return self.landlock_abi > 0 and self.seccomp
