"""
Which decoder this is, and why it gives the same samples on every processor of its kind.

FFmpeg chooses its inner loops by what the processor offers, and most lossy codecs (MP3, AAC,
Opus, Vorbis, WMA, AC-3) then round differently: the same file would have another PCM digest
on another machine. `portable` turns that choice off for the whole process; what is left is
plain C of one build, at about three quarters of the speed. `NAME` pins the rest: versions,
the build (a digest over what the wheel's own RECORD says of its libraries), the architecture.
"""

import contextlib
import ctypes
import hashlib
import platform
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import av

_MAPS = Path("/proc/self/maps")
_LIBRARIES = ("libavformat", "libavcodec", "libswresample")


def portable() -> bool:
    """Use no instruction that only some processors of this architecture have; true if it held."""
    with contextlib.suppress(OSError, AttributeError, StopIteration):
        library = ctypes.CDLL(next(_mapped("libavutil")))
        library.av_force_cpu_flags(0)
        return bool(library.av_get_cpu_flags() == 0)
    return False


def name(*, is_portable: bool) -> str:
    """Name the decoder in one line: PyAV, the libraries inside it, their build, the machine."""
    inside = (f"{one} {'.'.join(map(str, av.library_versions[one]))}" for one in _LIBRARIES)
    loops = "plain C" if is_portable else "loops of its processor"
    return ", ".join(
        (f"PyAV {av.__version__}", *inside, f"build {_build()}", platform.machine(), loops)
    )


def _mapped(library: str) -> "filter[str]":
    """The paths of loaded libraries of this name, as the kernel tells them."""
    paths = (line.split()[-1] for line in _MAPS.read_text(encoding="utf-8").splitlines())
    return filter(lambda path: Path(path).name.startswith(library), paths)


def _build() -> str:
    """Sixteen hex digits that two builds of one version do not share; `unknown` without RECORD."""
    try:
        record = distribution("av").read_text("RECORD") or ""
    except PackageNotFoundError:
        record = ""
    libraries = sorted(line for line in record.splitlines() if ".so" in line.split(",")[0])
    if not libraries:
        return "unknown"
    return hashlib.sha256("\n".join(libraries).encode()).hexdigest()[:16]
