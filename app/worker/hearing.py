"""What every job that listens begins with: the samples of an instance, and what pins them."""

from typing import TYPE_CHECKING, BinaryIO, Protocol

from app.core.canonical import Json
from app.core.digest import Digest
from app.core.jobs import Failed, Problem
from app.core.settings import Settings
from app.core.storage import Area, ObjectStore
from app.recordings.models import MediaInstance
from app.worker.recordings import limits, stopped, waits_for_sandbox
from transcription import audio
from transcription.errors import LimitExceeded, SandboxUnavailable, Undecodable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class House(Protocol):
    """Where the bytes are, and the bounds of decoding them."""

    @property
    def settings(self) -> Settings:
        """The operator's settings."""

    @property
    def storage(self) -> ObjectStore:
        """Where the originals lie."""


def pinned(house: House, instance: MediaInstance) -> dict[str, Json]:
    """The digest of the samples that are about to be heard, by the decoder that will be used."""
    try:
        with _original(house, instance) as original:
            found = audio.pcm_digest(original, limits(house.settings))
    except SandboxUnavailable as error:
        raise waits_for_sandbox(error) from error
    except LimitExceeded as error:
        raise Failed(stopped(error)) from error
    except Undecodable as error:
        raise Failed(
            Problem("undecodable", "There is no audio to listen to", str(error.reason))
        ) from error
    return {"pcm_sha256": found.digest, "decoder": found.decoder}


def samples(
    house: House, instance: MediaInstance, *, channel: int | None = None
) -> "NDArray[np.float32]":
    """One channel, or all averaged, at the rate that listeners work at."""
    try:
        with _original(house, instance) as original:
            return audio.samples(original, limits(house.settings), channel=channel)
    except IndexError as error:
        raise Failed(
            Problem(
                "no-such-channel",
                "The recording has no such channel",
                f"Counted from 0, there is no {error}.",
            )
        ) from error


def _original(house: House, instance: MediaInstance) -> BinaryIO:
    return house.storage.open(Digest.parse(instance.sha256), area=Area.ORIGINALS)
