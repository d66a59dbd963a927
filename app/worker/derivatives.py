"""
What the pages need of an instance, made and kept: waveform, listening copy, spectrogram.

The two that grow with the recording are written to files in the staging folder while the original is
decoded, and the store takes these over: nothing of a long recording is held in memory. A step that
is repeated after a crash makes the same bytes and keeps them once.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlalchemy.orm import Session

from app.core.canonical import Json
from app.core.digest import Digest
from app.core.identity import new_id
from app.core.jobs import Run
from app.core.storage import Area, Staging, open_staging
from app.recordings import queries, service
from app.recordings.models import MediaInstance
from app.recordings.provenance import DerivativeKind
from transcription import audio

PEAKS_TYPE = "application/vnd.earwitness.peaks"
PLAYBACK_TYPE = "audio/ogg"
SPECTROGRAM_TYPE = "application/vnd.earwitness.spectrogram"


def keep_peaks(run: Run, instance: MediaInstance, probe: audio.Probe) -> None:
    """Keep the waveform that a probe has brought along."""
    _keep(
        run,
        instance,
        kind=DerivativeKind.PEAKS,
        digest=run.storage.put_bytes(probe.peaks, area=Area.DERIVATIVES),
        size=len(probe.peaks),
        media_type=PEAKS_TYPE,
        made_by={
            "of": probe.pcm_digest,
            "samples_per_peak": probe.samples_per_peak,
            "sample_rate": probe.container.sample_rate_hz,
        },
    )


def derive(run: Run, instance: MediaInstance, limits: audio.Limits) -> Json:
    """Make the listening copy and the spectrogram in one decoding, in files that are adopted."""
    staging = open_staging(run.settings)
    with ExitStack() as stack:
        playback, spectrogram = (stack.enter_context(_staged(staging)) for _ in range(2))
        with (
            run.storage.open(Digest.parse(instance.sha256), area=Area.ORIGINALS) as original,
            playback.open("w+b") as heard,
            spectrogram.open("w+b") as seen,
        ):
            made = audio.derivatives(original, limits, playback=heard, spectrogram=seen)
        for path, kind, media_type, made_by in (
            (playback, DerivativeKind.PLAYBACK, PLAYBACK_TYPE, made.playback),
            (spectrogram, DerivativeKind.SPECTROGRAM, SPECTROGRAM_TYPE, made.spectrogram),
        ):
            size = path.stat().st_size  # before the store takes the file over
            _keep(
                run,
                instance,
                kind=kind,
                digest=_adopt(run, path),
                size=size,
                media_type=media_type,
                made_by={"of": made.pcm_digest, **made_by},
            )
    return {"playback": made.playback["channels"], "columns": made.spectrogram["columns"]}


@contextmanager
def _staged(staging: Staging) -> Iterator[Path]:
    """An empty file where the store can adopt it; gone at the end, one way or the other."""
    name = f"derivative-{new_id()}"
    try:
        yield staging.create(name, expected_bytes=0)
    finally:
        staging.remove(name)


def _adopt(run: Run, path: Path) -> Digest:
    with path.open("rb") as made:
        digest = Digest.of_stream(made)
    run.storage.adopt(path, area=Area.DERIVATIVES, digest=digest)
    return digest


def _keep(
    run: Run,
    instance: MediaInstance,
    *,
    kind: DerivativeKind,
    digest: Digest,
    size: int,
    media_type: str,
    made_by: dict[str, Json],
) -> None:
    with run.database.writing() as session:
        if _has(session, instance, kind, digest):
            return
        service.derive(
            session,
            actor=run.actor,
            instance=instance,
            kind=kind,
            digest=digest,
            size=size,
            media_type=media_type,
            made_by=made_by,
        )


def _has(session: Session, instance: MediaInstance, kind: DerivativeKind, digest: Digest) -> bool:
    return any(
        made.kind is kind and made.sha256 == str(digest)
        for made in queries.derivatives_of(session, instance.id)
    )
