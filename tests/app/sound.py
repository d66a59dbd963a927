"""Be the worker that decodes a recording: what it contains, and a listening copy that plays."""

import io
from functools import cache

import numpy as np

from app.core.actor import service
from app.core.storage import Area
from app.http.parts import Parts
from app.recordings import queries
from app.recordings import service as recordings
from app.recordings.provenance import Decoding, DerivativeKind, Outcome
from transcription.audio.playback import Playback

WORKER = service("worker")
SECONDS, RATE = 40, 8_000
LASTS_MS = SECONDS * 1_000


@cache
def copy() -> bytes:
    """Forty seconds, each a tone of its own, as a listening copy."""
    time = np.arange(SECONDS * RATE) / RATE
    tones = 0.4 * np.sin(2 * np.pi * (220 + 20 * np.floor(time)) * time)
    made = io.BytesIO()
    playback = Playback(made, sample_rate_hz=RATE, channels=1)
    playback.add((tones * 32_000).astype(np.int16)[:, None])
    playback.finish()
    return made.getvalue()


def decode(parts: Parts, recording_id: str) -> None:
    """Keep what the decoder would find in the newest bytes of a recording, and the copy."""
    content = copy()
    digest = parts.storage.put_bytes(content, area=Area.DERIVATIVES)
    decoding = Decoding(
        outcome=Outcome.DECODED,
        decoder={"name": "a test"},
        container="wav",
        codec="pcm_s16le",
        sample_rate=RATE,
        channels=1,
        duration_ms=LASTS_MS,
        pcm_sha256="sha256:" + "5" * 64,
    )
    with parts.database.writing() as session:
        instance = queries.original_of(session, recording_id)
        assert instance is not None
        recordings.identify(session, actor=WORKER, instance=instance, decoding=decoding)
        recordings.derive(
            session,
            actor=WORKER,
            instance=instance,
            kind=DerivativeKind.PLAYBACK,
            digest=digest,
            size=len(content),
            media_type="audio/ogg",
            made_by={"tool": "a test"},
        )
