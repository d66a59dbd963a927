"""
The evidence room: bytes in, by their own digest, once.

`open_storage` and `open_staging` are the only places that know which driver is used; everything
else speaks the ObjectStore protocol.
"""

from pathlib import Path

from app.core.settings import Settings

from .local import LocalStore
from .objectstore import CHUNK, Area, DurabilityLost, ObjectStore
from .staging import StagedFile, Staging, UploadBusy

__all__ = [
    "CHUNK",
    "Area",
    "DurabilityLost",
    "ObjectStore",
    "StagedFile",
    "Staging",
    "UploadBusy",
    "open_staging",
    "open_storage",
]


def open_storage(settings: Settings) -> ObjectStore:
    """Return the store the settings name: the S3 bucket if there is one, else the data folder."""
    if not settings.s3_bucket:
        return LocalStore(settings.data_dir, min_free_bytes=settings.min_free_bytes)
    # Imported only where it is used: the embedded default needs no S3 client.
    from .s3 import S3Store

    return S3Store(
        settings.s3_bucket,
        endpoint=settings.s3_endpoint,
        region=settings.s3_region,
        access_key=_secret(settings.s3_access_key_file),
        secret_key=_secret(settings.s3_secret_key_file),
        scratch=settings.data_dir / "incoming",
        min_free_bytes=settings.min_free_bytes,
    )


def open_staging(settings: Settings) -> Staging:
    """Return the folder where uploads grow; it is local whatever the store is."""
    return Staging(settings.data_dir / "incoming", min_free_bytes=settings.min_free_bytes)


def _secret(file: Path | None) -> str | None:
    """Read a secret from the file that names it; without a file the client asks its environment."""
    return file.read_text(encoding="utf-8").strip() if file else None
