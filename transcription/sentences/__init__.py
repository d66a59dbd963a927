"""
How near two sentences are in meaning, by a model of sentences that somebody chose.

An extra, off unless a model is named, and never more than a figure beside a comparison: such
models put "kill the rest" and "do not kill the rest" close together, so no verdict is made of
it. Whatever gives a figure says which model it is, by name and digest. `local` runs one.
"""

from typing import Protocol


class SentenceScorer(Protocol):
    """Something that says how near two sentences are, whatever their languages."""

    @property
    def name(self) -> str:
        """What it is called, with the version of the software that runs it."""

    @property
    def model_digest(self) -> str:
        """The digest of its model."""

    def alike(self, one: str, other: str) -> int:
        """How near two sentences are, per mille of the cosine: -1000 to 1000."""
