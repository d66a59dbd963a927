"""
Bytes that arrived, and what follows from what their sender declared.

The declared digest is the sender's, ours is ours; both are kept. Where they differ the
bytes are kept apart, not thrown away: somebody sent them, and which of the two is wrong is
for people to find out.
"""

from dataclasses import dataclass

from app.core import plaintext
from app.core.digest import Digest
from app.core.errors import Conflict, Invalid
from app.recordings import filenames
from app.recordings.models import MediaInstance
from app.recordings.provenance import Generation, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What a sender says of bytes before they arrive; checked, in its one spelling."""

    filename: str | None = None
    generation: Generation = Generation.UNKNOWN
    digest: Digest | None = None
    digest_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Bytes that the store has accepted, under the digest we computed ourselves."""

    digest: Digest
    size: int
    declared: Declared

    @property
    def standing(self) -> Standing:
        """Accepted unless the sender declared another digest than ours."""
        declared = self.declared.digest
        agrees = declared is None or declared == self.digest
        return Standing.ACCEPTED if agrees else Standing.QUARANTINED


class EmptyFile(Invalid):
    """There were no bytes; nothing was kept."""

    slug = "empty-file"

    def __init__(self) -> None:
        super().__init__("the file is empty; nothing was kept", field="content")


class DigestMismatch(Conflict):
    """The bytes were kept, apart from evidence: their digest is not the declared one."""

    slug = "digest-mismatch"

    def __init__(self, *, declared: str, computed: str, instance_id: str) -> None:
        super().__init__(
            "the bytes received do not have the digest that was declared; "
            "they are kept in quarantine and are not used as evidence",
            declared=declared,
            computed=computed,
            instance_id=instance_id,
        )

    @classmethod
    def of(cls, instance: MediaInstance) -> "DigestMismatch":
        """The error that a quarantined instance stands for."""
        return cls(
            declared=str(instance.declared_digest),
            computed=instance.sha256,
            instance_id=instance.id,
        )


def declared(
    *,
    filename: str | None = None,
    generation: str | None = None,
    digest: str | None = None,
    digest_by: str | None = None,
) -> Declared:
    """Read what a sender wrote, empty meaning nothing; `Invalid` naming the field at fault."""
    try:
        claimed = Generation(generation) if generation else Generation.UNKNOWN
    except ValueError as error:
        known = ", ".join(Generation)
        raise Invalid(f"generation is one of {known}", field="generation") from error
    try:
        theirs = Digest.parse(digest) if digest else None
    except ValueError as error:
        raise Invalid(str(error), field="declared_digest") from error
    return Declared(
        filename=filenames.as_sent(filename),
        generation=claimed,
        digest=theirs,
        digest_by=plaintext.optional_line(digest_by, field="declared_by"),
    )
