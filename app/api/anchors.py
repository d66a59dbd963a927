"""How a place in a frozen text looks on the wire, coming in and going out."""

from collections.abc import Iterator
from contextlib import contextmanager

from app.api.wire import Wire
from app.core.errors import Invalid, NotFound
from app.reports.anchor import Anchor, Passage


class PassageIn(Wire):
    """
    A passage to be anchored: its words exactly as they stand, and where they recur, which:
    by `start`, by `prefix` and `suffix`, or counted from 0 by `occurrence`.
    """

    exact: str
    start: int | None = None
    occurrence: int = 0
    prefix: str | None = None
    suffix: str | None = None

    def passage(self) -> Passage:
        """The value that the features understand."""
        return Passage(
            exact=self.exact,
            start=self.start,
            occurrence=self.occurrence,
            prefix=self.prefix,
            suffix=self.suffix,
        )


class AnchorOut(Wire):
    """A passage of a snapshot: `text[start:end] == exact`, counted in code points."""

    snapshot_id: str
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str

    @classmethod
    def of(cls, snapshot_id: str, anchor: Anchor) -> "AnchorOut":
        """Shape an anchor."""
        return cls(
            snapshot_id=snapshot_id,
            start=anchor.start,
            end=anchor.end,
            exact=anchor.exact,
            prefix=anchor.prefix,
            suffix=anchor.suffix,
        )


@contextmanager
def naming(field: str) -> Iterator[None]:
    """Blame a field of the body for an identifier in it that stands for nothing here."""
    try:
        yield
    except NotFound as error:
        raise Invalid(error.message, field=field) from error
