"""
What a media file says of itself, as the demuxer read it: declared, and not to be believed.

The count of samples that really came out is in `transcription.audio.Probe`; tags, durations and
bit rates here are what the file's last writer put there.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Container:
    """
    The file's own statements, and which decoder read them.

    `format` and `codec` are FFmpeg's names. `bit_rate`, `bits_per_sample` and
    `declared_duration_ms` are `None` where the file does not say. `streams` names the kind of
    every stream in order; `tags` are pairs as written, cut at 64 pairs of 1,024 characters.
    """

    format: str
    codec: str
    sample_rate_hz: int
    channels: int
    channel_layout: str
    bit_rate: int | None
    bits_per_sample: int | None
    declared_duration_ms: int | None
    streams: tuple[str, ...]
    tags: tuple[tuple[str, str], ...]
    decoder: str


def of_header(header: object) -> Container:
    """Read the header of a decoding child, believing nothing; `ValueError` if it is not one."""
    if not isinstance(header, dict):
        raise ValueError("a header is an object")  # noqa: TRY004 - of untrusted data
    return Container(
        format=_text(header, "format"),
        codec=_text(header, "codec"),
        sample_rate_hz=_count(header, "sample_rate_hz", least=1, most=768_000),
        channels=_count(header, "channels", least=1, most=64),
        channel_layout=_text(header, "channel_layout"),
        bit_rate=_optional(header, "bit_rate"),
        bits_per_sample=_optional(header, "bits_per_sample"),
        declared_duration_ms=_optional(header, "declared_duration_ms"),
        streams=tuple(_strings(header.get("streams"))),
        tags=tuple(_pair(item) for item in _list(header.get("tags"))),
        decoder=_text(header, "decoder"),
    )


_MAX_INTEGER = (1 << 53) - 1


def _text(header: dict[str, object], field: str) -> str:
    value = header.get(field)
    if not isinstance(value, str):
        raise ValueError(f"{field} is not text")  # noqa: TRY004
    return value


def _count(header: dict[str, object], field: str, *, least: int, most: int) -> int:
    value = header.get(field)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise ValueError(f"{field} is not a count in {least}..{most}")
    return value


def _optional(header: dict[str, object], field: str) -> int | None:
    if header.get(field) is None:
        return None
    return _count(header, field, least=0, most=_MAX_INTEGER)


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise ValueError("a list is missing")  # noqa: TRY004
    return value


def _strings(value: object) -> list[str]:
    items = _list(value)
    if not all(isinstance(item, str) for item in items):
        raise ValueError("not a list of text")
    return [str(item) for item in items]


def _pair(item: object) -> tuple[str, str]:
    key, value = _strings(item)
    return key, value
