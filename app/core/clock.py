"""
The only source of time.

Everything that needs the present asks `now()`, so that a test can stop the clock
(`FrozenClock` in the tests) and a reader can find every place that depends on it.
"""

from collections.abc import Callable
from datetime import UTC, datetime

Source = Callable[[], datetime]


def system() -> datetime:
    """The machine's clock, in UTC."""
    return datetime.now(UTC)


_source: Source = system


def now() -> datetime:
    """The present instant, aware and in UTC."""
    return _source()


def use(source: Source) -> None:
    """Take time from `source` from now on: for tests, and for nothing else."""
    global _source  # noqa: PLW0603 - one clock per process is the point
    _source = source


def spell(instant: datetime) -> str:
    """The one spelling of an instant that may be hashed: UTC, microseconds, a trailing Z."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
