"""
Media as FFmpeg may see it: the formats and codecs that are let in, a file without a path, and
what a container says of itself.

The lists are a second wall behind the sandbox: a demuxer that opens other files, or a video
decoder, is never even tried.
"""

import io
import os
from typing import Any, BinaryIO

import av

# Demuxers of what phones, radios, recorders and messengers write. None of them opens
# a second file; the playlist and concatenation demuxers are left out on purpose.
FORMATS = (
    "wav,w64,aiff,au,caf,flac,mp3,aac,ogg,amr,mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,asf,avi,"
    "voc,nistsphere,wv,ape,ac3,qcp,gsm"
)
_CODEC_NAMES = (
    "g722 g726 g726le "
    "aac aac_latm ac3 adpcm_g722 adpcm_g726 adpcm_g726le adpcm_ima_qt adpcm_ima_wav adpcm_ms "
    "adpcm_yamaha alac amr_nb amr_wb amrnb amrwb ape eac3 evrc flac g723_1 g729 gsm gsm_ms "
    "libopencore_amrnb libopencore_amrwb libopus libspeex libvorbis mp1 mp1float mp2 mp2float "
    "mp3 mp3float opus pcm_alaw pcm_f32be pcm_f32le pcm_f64be pcm_f64le pcm_mulaw pcm_s16be "
    "pcm_s16le pcm_s24be pcm_s24le pcm_s32be pcm_s32le pcm_s8 pcm_u8 qcelp speex truespeech "
    "vorbis wavpack wmalossless wmapro wmav1 wmav2 wmavoice "
)
CODECS = frozenset(_CODEC_NAMES.split())
_OPTIONS = {
    "format_whitelist": FORMATS,
    "codec_whitelist": ",".join(sorted(CODECS)),
    "protocol_whitelist": "none",
}
_TAGS, _TAG_CHARACTERS = 64, 1024


class Descriptor(io.RawIOBase):
    """A regular file by its descriptor, read at a position of our own: no path, no shared offset."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self.size = os.fstat(descriptor).st_size
        self._position = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def read(self, size: int | None = -1) -> bytes:
        """At most `size` bytes from here on; fewer only at the end."""
        left = max(0, self.size - self._position)
        wanted = left if size is None or size < 0 else min(size, left)
        data = os.pread(self._descriptor, wanted, self._position)
        self._position += len(data)
        return data

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Move; never before the beginning."""
        origin = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self.size}[whence]
        self._position = max(0, origin + offset)
        return self._position

    def tell(self) -> int:
        """Where the next read begins."""
        return self._position


def open_container(source: BinaryIO | Descriptor) -> Any:  # PyAV's classes have no types
    """Demux `source`, if it is of one of our formats; FFmpeg's errors otherwise."""
    return av.open(source, options=_OPTIONS, metadata_errors="replace")


def facts(container: Any, stream: Any, frame: Any, *, decoder: str) -> dict[str, object]:
    """What `container` and `stream` declare, with the shape of the first frame `decoder` gave."""
    context = stream.codec_context
    tags = {**container.metadata, **stream.metadata}
    bits = getattr(context, "bits_per_coded_sample", 0)
    return {
        "format": container.format.name,
        "codec": context.codec.name,
        "sample_rate_hz": frame.sample_rate,
        "channels": frame.layout.nb_channels,
        "channel_layout": frame.layout.name,
        "bit_rate": stream.bit_rate or container.bit_rate or None,
        "bits_per_sample": bits or None,
        "declared_duration_ms": _milliseconds(container.duration),
        "streams": [item.type for item in container.streams][:_TAGS],
        "tags": [
            [str(key)[:_TAG_CHARACTERS], str(value)[:_TAG_CHARACTERS]]
            for key, value in sorted(tags.items())[:_TAGS]
        ],
        "decoder": decoder,
    }


def _milliseconds(microseconds: int | None) -> int | None:
    if microseconds is None or not 0 <= microseconds < 1 << 53:
        return None
    return microseconds // 1000
