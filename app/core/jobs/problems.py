"""
Errors as problems that may be shown: a type, a title, a sentence, and no evidence.

Errors of our own trees speak for themselves. Anything else is a defect: people see its
kind, the log gets the place, and neither gets its message, which may quote what it choked
on.
"""

import re
import traceback

from app.core.errors import CatalogError
from app.core.jobs.run import Problem
from transcription.errors import TranscriptionError


def problem_of(error: Exception) -> Problem:
    """Say what went wrong, for the job's row."""
    if isinstance(error, CatalogError):
        return Problem(error.slug, _words(error.slug), error.message)
    if isinstance(error, TranscriptionError):
        slug = _slug(type(error).__name__)
        return Problem(slug, _words(slug), str(error))
    return Problem(
        "internal-error",
        "The job failed for a reason of our own",
        f"{type(error).__name__}; the worker's log names the place.",
    )


def place_of(error: BaseException) -> str:
    """The innermost frames as `file:line`, for the log."""
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    return " < ".join(f"{frame.filename}:{frame.lineno}" for frame in reversed(frames))


def _slug(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()


def _words(slug: str) -> str:
    return slug.replace("-", " ").capitalize()
