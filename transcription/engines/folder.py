"""The digest of a model that is a folder of files."""

import hashlib
from pathlib import Path


def digest_of_folder(folder: Path) -> str:
    """SHA-256 over the files in order of path, each as its path, size and bytes, as a digest value."""
    digest = hashlib.sha256()
    for path in sorted(item for item in folder.rglob("*") if item.is_file()):
        digest.update(f"{path.relative_to(folder)}\0{path.stat().st_size}\0".encode())
        with path.open("rb") as file:
            while piece := file.read(1 << 20):
                digest.update(piece)
    return f"sha256:{digest.hexdigest()}"
