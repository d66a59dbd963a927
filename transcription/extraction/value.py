"""What is read from a page, as plain values that cross the border of the sandbox."""

from dataclasses import dataclass, field
from enum import StrEnum

MOST_CHARACTERS = 2_000_000
"""The longest text that is read, in characters: what a snapshot may hold."""
VALUE_CHARACTERS = 500
"""The longest value of a proposal; what is longer is no title and no name."""
MOST_AUTHORS = 20


class Kind(StrEnum):
    """What some bytes turned out to be."""

    HTML = "html"
    PDF = "pdf"
    TEXT = "text"


class Refusal(StrEnum):
    """Why no text came out of some bytes; it quotes none of them."""

    EMPTY = "empty"
    UNKNOWN_KIND = "unknown_kind"
    NO_TEXT = "no_text"
    PDF_WITHOUT_TEXT = "pdf_without_text"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    NO_PAGE_IN_ARCHIVE = "no_page_in_archive"
    TOO_LARGE = "too_large"
    TOO_MUCH_TEXT = "too_much_text"
    OUT_OF_TIME = "out_of_time"
    OUT_OF_MEMORY = "out_of_memory"
    CRASHED = "reader_crashed"
    BROKE_PROTOCOL = "reader_broke_protocol"

    @property
    def explanation(self) -> str:
        """The same for people, with what they could do where something can be done."""
        return _EXPLANATIONS[self]


_EXPLANATIONS = {
    Refusal.EMPTY: "The file is empty.",
    Refusal.UNKNOWN_KIND: "The bytes are no web page, PDF, WARC or plain text.",
    Refusal.NO_TEXT: "The page holds no text that could be read; what it shows may be made by a script.",
    Refusal.PDF_WITHOUT_TEXT: (
        "The PDF holds pictures of pages and no text. Somebody who reads it can paste the words."
    ),
    Refusal.ENCRYPTED: "The document is locked with a password.",
    Refusal.BROKEN: "The file is damaged, or not what it says it is.",
    Refusal.NO_PAGE_IN_ARCHIVE: "The archive holds no web page, PDF or text that was answered.",
    Refusal.TOO_LARGE: "The page, or what it unpacks to, is larger than is read here.",
    Refusal.TOO_MUCH_TEXT: f"The page holds more than {MOST_CHARACTERS} characters of text.",
    Refusal.OUT_OF_TIME: "Reading the page was stopped by its limit of time.",
    Refusal.OUT_OF_MEMORY: "Reading the page was stopped by its limit of memory.",
    Refusal.CRASHED: "The reader crashed on these bytes, in its confinement.",
    Refusal.BROKE_PROTOCOL: "The reader misbehaved on these bytes, and was not believed.",
}


class RemarkKind(StrEnum):
    """What was repaired, left out, chosen or noticed."""

    OTHER_ENCODING = "other_encoding"
    GUESSED_ENCODING = "guessed_encoding"
    REPLACED_BYTES = "replaced_bytes"
    REMOVED_CHARACTERS = "removed_characters"
    LEFT_OUT = "left_out"
    DIRECTION_MARKS = "direction_marks"
    WHOLE_PAGE = "whole_page"
    CHOSEN_RECORD = "chosen_record"
    UNPACKED = "unpacked"
    UNREADABLE_PAGES = "unreadable_pages"
    CUT_SHORT = "cut_short"
    REPEATS = "repeats"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that was done or noticed, how often, and why, in words without the page's own."""

    kind: RemarkKind
    count: int
    why: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value that the page gives for something, and where in the page it stands."""

    value: str
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Everything that was read of one page."""

    kind: Kind
    text: str
    tool: str
    version: str
    parameters: dict[str, str | int | bool]
    title: Proposal | None = None
    authors: tuple[Proposal, ...] = ()
    published: Proposal | None = None
    """A day as `YYYY-MM-DD`, or coarser."""
    published_raw: Proposal | None = None
    publisher: Proposal | None = None
    language: Proposal | None = None
    url: Proposal | None = None
    remarks: tuple[Remark, ...] = field(default_factory=tuple)


class Refused(Exception):
    """Nothing to read here, for one of the closed list of reasons."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason)
        self.reason = reason
