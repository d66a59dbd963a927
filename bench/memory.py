"""How much memory a process holds (Linux `/proc`), and the most it held since asked."""

from pathlib import Path

KIB = 1024


def resident(pid: int) -> int:
    """Bytes of it that are in memory now (`VmRSS`)."""
    return _line(pid, "VmRSS")


def peak(pid: int) -> int:
    """The most that was in memory at once since the last `forget_peak` (`VmHWM`)."""
    return _line(pid, "VmHWM")


def forget_peak(pid: int) -> None:
    """Let the peak begin anew at what is in memory now (proc(5), `clear_refs`)."""
    Path(f"/proc/{pid}/clear_refs").write_text("5", encoding="ascii")


def _line(pid: int, name: str) -> int:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith(f"{name}:"))
    return int(line.split()[1]) * KIB
