"""
The values of a recording's history, and what each of them does not say.

A recording is not a file. `Status` says what the house knows of the bytes; `Generation` is
what the person who brought a file says it is; `Standing` is what we did with it on arrival.
Custody before us is only ever claimed, so it is kept as hops, apart from the custody log.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class RecordingKind(StrEnum):
    """How the conversation was carried when it was intercepted."""

    RADIO = "radio"
    PHONE = "phone"
    UNSPECIFIED = "unspecified"


class Status(StrEnum):
    """What is known of the recording's bytes. Only an acquisition makes it `held`."""

    HELD = "held"
    CITED_NOT_HELD = "cited_not_held"
    WITHHELD = "withheld"
    DISPUTED_EXISTENCE = "disputed_existence"


class Generation(StrEnum):
    """What the bringer says these bytes are in relation to the first capture."""

    CLAIMED_ORIGINAL = "claimed_original"
    COPY = "copy"
    EXCERPT = "excerpt"
    DERIVATIVE = "derivative"
    UNKNOWN = "unknown"


class Standing(StrEnum):
    """What became of bytes on arrival: used as evidence, or kept apart."""

    ACCEPTED = "accepted"
    QUARANTINED = "quarantined"


class Outcome(StrEnum):
    """Whether the confined decoder could make sound of the bytes."""

    DECODED = "decoded"
    UNDECODABLE = "undecodable"


class DerivativeKind(StrEnum):
    """What is made from an original for the pages: a drawn outline, playable sound, its bands."""

    PEAKS = "peaks"
    PLAYBACK = "playback"
    SPECTROGRAM = "spectrogram"


class HopAction(StrEnum):
    """What somebody is said to have done with the recording before it reached us."""

    INTERCEPTED = "intercepted"
    OBTAINED = "obtained"
    SHARED = "shared"
    PUBLISHED = "published"


class LinkKind(StrEnum):
    """How one recording stands to another; `not_same_as` is a finding, not an absence."""

    SAME_AS = "same_as"
    NOT_SAME_AS = "not_same_as"
    PART_OF = "part_of"
    CORROBORATES = "corroborates"
    REPLIES_TO = "replies_to"


class Ground(StrEnum):
    """What a link rests on. Wording alone never makes two recordings one."""

    BYTES = "bytes"
    PROVENANCE = "provenance"
    WORDING = "wording"
    CONTENT = "content"


class LinkDecision(StrEnum):
    """What was later said about a link."""

    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


class LinkState(StrEnum):
    """Where a link stands now: `stated` needs nobody else, `proposed` waits for a second person."""

    STATED = "stated"
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """How a recording is described: the content of one revision of its description."""

    title: str
    status: Status = Status.CITED_NOT_HELD
    languages: Sequence[str] = ()
    series: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoding:
    """What the confined decoder found; every measure is `None` where it could not decode."""

    outcome: Outcome
    decoder: dict[str, str]
    reason: str | None = None
    container: str | None = None
    codec: str | None = None
    sample_rate: int | None = None
    channels: int | None = None
    duration_ms: int | None = None
    pcm_sha256: str | None = None
