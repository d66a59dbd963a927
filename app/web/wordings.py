"""Rival wordings as the recording page shows them: each slot with its words and who wrote them."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.quotes.models import Quote
from app.quotes.rivals import Rivals, rivals
from transcription.alignment.wordings import Slot

_LETTERS = 26


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in a slot (None: nothing) and the letters of the quotes that have it."""

    text: str | None
    who: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SlotShown:
    """One slot: how its words compare, and each different one of them once."""

    agreement: str
    written: tuple[Written, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Rival wordings of one utterance: the quotes under their letters, and the slots."""

    language: str
    lettered: tuple[tuple[str, Quote], ...]
    slots: tuple[SlotShown, ...]


def groups(quotes: Sequence[Quote]) -> list[Group]:
    """The rival wordings among the quotes of a recording, ready for the page."""
    return [_group(found) for found in rivals(quotes)]


def letter(at: int) -> str:
    """`A` to `Z`, then `AA`, as columns of a sheet are lettered."""
    ahead, own = divmod(at, _LETTERS)
    return (letter(ahead - 1) if ahead else "") + chr(ord("A") + own)


def _group(found: Rivals) -> Group:
    letters = [letter(at) for at in range(len(found.quotes))]
    return Group(
        language=found.language,
        lettered=tuple(zip(letters, found.quotes, strict=True)),
        slots=tuple(_slot(slot, letters) for slot in found.network.slots),
    )


def _slot(slot: Slot, letters: Sequence[str]) -> SlotShown:
    words: dict[str | None, tuple[str | None, list[str]]] = {}
    for word, who in zip(slot.words, letters, strict=True):
        key = (word.key or word.text) if word else None
        words.setdefault(key, (word.text if word else None, []))[1].append(who)
    written = tuple(Written(text, tuple(who)) for text, who in words.values())
    return SlotShown(slot.agreement.value, written)
