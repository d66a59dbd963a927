"""Rival wordings of what a recording says, slot by slot, as reports published them."""

from typing import Annotated

from fastapi import APIRouter

from app.accounts.permissions import Permission
from app.api.wire import Id, LogIndex, Wire
from app.cases.caller import Caller
from app.http.caller import allowed
from app.http.transactions import Reading
from app.quotes import queries
from app.quotes.rivals import Rivals, rivals
from app.recordings import queries as recordings
from transcription.alignment.wordings import Agreement, Slot

router = APIRouter(tags=["quotes"])
Seeing = Annotated[Caller, allowed(Permission.QUOTE_READ)]


class SlotWordOut(Wire):
    """A word in a slot, and where it stands among the characters of its quote (half-open)."""

    text: str
    start: int
    end: int


class SlotOut(Wire):
    """What each wording has at one place, in the order of `quote_ids`; null: nothing."""

    agreement: Agreement
    words: list[SlotWordOut | None]

    @classmethod
    def of(cls, slot: Slot) -> "SlotOut":
        """Shape a slot."""
        words = [
            SlotWordOut(text=word.text, start=word.start, end=word.end) if word else None
            for word in slot.words
        ]
        return cls(agreement=slot.agreement, words=words)


class RivalsOut(Wire):
    """Quotes of one recording that word one utterance differently, in one language."""

    language: str
    quote_ids: list[str]
    slots: list[SlotOut]

    @classmethod
    def of(cls, group: Rivals) -> "RivalsOut":
        """Shape a group."""
        return cls(
            language=group.language,
            quote_ids=[quote.id for quote in group.quotes],
            slots=[SlotOut.of(slot) for slot in group.network.slots],
        )


class RivalsListing(Wire):
    """Groups of rival wordings, that of the earliest quote first."""

    items: list[RivalsOut]


@router.get("/recordings/{recording_id}/wordings")
def wordings(
    recording_id: Id, session: Reading, caller: Seeing, as_of: LogIndex = None
) -> RivalsListing:
    """Lay the wordings of the quotes of a recording side by side, those that differ."""
    recording = recordings.get(session, recording_id)
    caller.require(Permission.QUOTE_READ, recording.case_id, thing="recording")
    found = rivals(queries.of_recording(session, recording.id, as_of=as_of))
    return RivalsListing(items=[RivalsOut.of(group) for group in found])
