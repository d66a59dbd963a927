"""What an engine's listening says of a quote's words, as a row of words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import add
from typing import Any

from sqlalchemy.orm import Session

from app.quotes import supports
from app.quotes.models import AcousticSupport, Alignment

NEAREST = 3
"""So many alternatives of each word are shown: those that come closest to it. The API has all."""


@dataclass(frozen=True, slots=True)
class Told:
    """A word, or what may stand between two; `other` is the alternative that contradicts it."""

    text: str
    state: str
    other: str | None
    is_seam: bool
    rows: tuple[tuple[str, str, str], ...]
    """Of each alternative: what it is, by how much the audio favours the quote, and all in all."""
    gained: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One piece of one occurrence; `words` is empty where it could not be asked about."""

    start_ms: int | None
    end_ms: int | None
    quoted: str
    words: tuple[Told, ...]
    sentences: tuple[str, ...]
    ranking: tuple[str, ...]
    lead: str
    decided: bool | None


@dataclass(frozen=True, slots=True)
class Shown:
    """What was found last for one alignment."""

    row: AcousticSupport
    places: tuple[Asked, ...]

    @property
    def states(self) -> list[str]:
        """Every state that occurs, for the legend."""
        return list(dict.fromkeys(word.state for place in self.places for word in place.words))


def shown(session: Session, alignments: Sequence[Alignment | None]) -> dict[str, Shown]:
    """What was found last for each alignment, by its identifier."""
    found = supports.newest(session, [one.id for one in alignments if one])
    return {
        alignment_id: Shown(row, tuple(_asked(place) for place in row.places))
        for alignment_id, row in found.items()
    }


def _asked(place: Mapping[str, Any]) -> Asked:
    found = place["support"]
    return Asked(
        start_ms=place["start_ms"],
        end_ms=place["end_ms"],
        quoted=place["quoted"],
        words=tuple(_in_order(found)) if found else (),
        sentences=tuple(found["sentences"]) if found else (),
        ranking=tuple(one["text"] for one in found["ranking"]) if found else (),
        lead=_numbers(found["lead_millinats"]) if found else "",
        decided=found["decided"] if found else None,
    )


def _in_order(found: Mapping[str, Any]) -> Iterator[Told]:
    """Words, with what may be missing before them where something is."""
    missing = {seam["before_word"]: seam for seam in found["seams"]}
    for number, word in enumerate(found["words"]):
        seam = missing.get(number)
        if seam and seam["state"] == "contradicted":
            yield _told(seam, is_seam=True)
        yield _told(word, is_seam=False)


def _told(one: Mapping[str, Any], *, is_seam: bool) -> Told:
    named = one["named"]
    return Told(
        text=one["text"],
        state=one["state"],
        other=None if named is None else named["text"],
        is_seam=is_seam,
        rows=tuple(
            (
                _name(other),
                _numbers(other["gained_millinats"]),
                _numbers(other["heard_millinats"]),
            )
            for other in sorted(one["against"], key=_closest)[:NEAREST]
        ),
        gained=_numbers(one["gained_millinats"]),
    )


def _closest(other: Mapping[str, Any]) -> int:
    """By how much the quote is ahead of an alternative in the view in which that is least."""
    return min(map(add, other["gained_millinats"], other["heard_millinats"]), default=0)


def _name(other: Mapping[str, Any]) -> str:
    return f"“{other['text']}” ({other['source']})" if other["text"] else "not spoken"


def _numbers(values: Sequence[int]) -> str:
    return ", ".join(f"{value:+d}" for value in values)
