"""
A catalogue to be searched: the same long text said by ten, each misheard anew, and much else.

Every quote from the text was spoken ten times (`bench.garbled`). That speech is kept and indexed by
the verbs of the service. Around it the catalogue is filled up with the same speech whose words were
shuffled two by two, so that half of all pairs of words are said again everywhere, and no quote is;
those transcripts are put into the tables as the same rows that the verbs would make.
"""

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import insert, inspect
from sqlalchemy.orm import Session

from app.core import actor
from app.core.database import Database
from app.core.digest import Digest
from app.core.identity import new_id
from app.quotes.footing import Footing
from app.recordings import service as recordings
from app.recordings.acquisition import Arrival, Declared
from app.recordings.models import Recording
from app.recordings.provenance import Particulars
from app.search import index, keeping, terms
from app.search.models import IndexedPiece, IndexedTranscript
from app.search.terms import MOST_PIECES, PIECE, RULES, STEP
from app.transcripts import service as transcripts
from app.transcripts.models import SegmentRow, Transcript, TranscriptKind
from bench import garbled
from bench.garbled import Place
from bench.spoken import Spoken
from transcription.transcript import Segment, Word
from transcription.transcript import Transcript as Content

CASE = "bench"
SPEAKERS = 10
_SEGMENT, _WORD_MS = 12, 400
_AROUND = 200
_TOGETHER = 20
_WHO = actor.service("bench")


@dataclass(frozen=True, slots=True)
class Planted:
    """A quote and where it was spoken: first and last word, by transcript."""

    kind: str
    quote: str
    places: tuple[tuple[str, Place], ...]


@dataclass(slots=True)
class Hour:
    """A transcript with a part of the text, and which word of the text each of its words is."""

    kept: Transcript
    words: tuple[str, ...]
    entries: list[str]
    sources: list[int]


@dataclass(slots=True)
class Catalogue:
    """What is in the database, and how long putting the text's transcripts into the index took."""

    database: Database
    base: Spoken
    hours: list[Hour] = field(default_factory=list)
    words: int = 0
    indexed: int = 0
    indexing_s: float = 0.0

    def say_the_text(self) -> None:
        """Have it said by everybody, an hour at a time."""
        chance = random.Random("speakers")
        for _ in range(SPEAKERS):
            heard: list[str] = []
            sources = [0] * (2 * len(self.base.words))
            for at, source in garbled.hear(self.base, chance, range(len(self.base.words)), heard):
                sources[at] = source
            for start in range(0, len(heard), garbled.HOUR):
                words = tuple(heard[start : start + garbled.HOUR])
                self._keep(words, sources[start : start + len(words)])

    def fill_up(self, words: int) -> None:
        """Add shuffled speech until there are so many words."""
        chance = random.Random(f"filling {self.words}")
        while self.words < words:
            with self.database.writing() as session:
                for _ in range(_TOGETHER):
                    if self.words < words:
                        self._shuffled(session, chance, chance.choice(self.hours))

    def quotes(self, count: int) -> Iterator[Planted]:
        """So many quotes, the kinds taking turns."""
        chance = random.Random("quotes")
        for number in range(count):
            kind = garbled.KINDS[number % len(garbled.KINDS)]
            length = chance.choice(garbled.LENGTHS)
            gap, tail = chance.randint(5, 29), max(4, length // 2)
            whole = length + gap + tail if kind == "ellipsis" else length
            start = chance.randrange(_AROUND, len(self.base.words) - whole - _AROUND)
            quote = garbled.misquoted(
                self.base, chance, kind, start=start, length=length, tail=(length + gap, tail)
            )
            yield Planted(kind, quote, tuple(self._places(range(start, start + whole))))

    def _places(self, said: range) -> Iterator[tuple[str, Place]]:
        """Where these words of the text were heard, but for those that fall between two hours."""
        for hour in self.hours:
            inside = [at for at, source in enumerate(hour.sources) if source in said]
            if inside and inside[0] > 0 and inside[-1] < len(hour.sources) - 1:
                yield hour.kept.id, (inside[0], inside[-1])

    def _keep(self, words: tuple[str, ...], sources: list[int]) -> None:
        content = Content("en", tuple(_segments(words)))
        with self.database.writing() as session:
            kept = transcripts.keep(
                session,
                actor=_WHO,
                recording=_held(session),
                content=content,
                kind=TranscriptKind.ASR,
            )
        began = time.process_time()
        with self.database.writing() as session:
            self.indexed += keeping.put(session, kept)
        self.indexing_s += time.process_time() - began
        self.words += len(words)
        self.hours.append(Hour(kept, words, terms.entries(content), sources))

    def _shuffled(self, session: Session, chance: random.Random, hour: Hour) -> None:
        order = list(range(0, len(hour.words), 2))
        chance.shuffle(order)
        words = [word for at in order for word in hour.words[at : at + 2]]
        entries = [entry for at in order for entry in hour.entries[at : at + 2]]
        like = {one.key: getattr(hour.kept, one.key) for one in inspect(Transcript).column_attrs}
        named = {**like, "id": new_id()}
        session.execute(insert(Transcript), [named])
        session.execute(insert(SegmentRow), list(_rows(named["id"], words)))
        number = _noted(session, named, len(words))
        made = [
            {
                "id": number * MOST_PIECES + piece.ordinal,
                "text": piece.text,
                "segments": _layout(piece.ordinal * STEP, len(words)),
            }
            for piece in terms.pieces(entries)
        ]
        session.execute(insert(IndexedPiece), made)
        index.of(session).add(session, ((row["id"], terms.terms(row["text"])) for row in made))
        self.words += len(words)


def _noted(session: Session, named: dict[str, object], words: int) -> int:
    row = IndexedTranscript(
        transcript_id=named["id"],
        case_id=named["case_id"],
        recording_id=named["recording_id"],
        language="en",
        rests_on=Footing.SPOKEN,
        superseded=False,
        word_count=words,
        rules=RULES,
        indexed_at=named["made_at"],
    )
    session.add(row)
    session.flush()
    return row.number


def _layout(first_word: int, words: int) -> list[int]:
    """The segments that a piece has a part in, as `keeping` notes them."""
    first = first_word // _SEGMENT
    return [first, *range(first * _SEGMENT, min(words, first_word + PIECE), _SEGMENT)]


def _rows(transcript_id: str, words: Sequence[str]) -> Iterator[dict[str, object]]:
    for ordinal, at in enumerate(range(0, len(words), _SEGMENT)):
        yield {
            "id": f"{transcript_id}/{ordinal}",
            "transcript_id": transcript_id,
            "case_id": CASE,
            "ordinal": ordinal,
            "start_ms": at * _WORD_MS,
            "end_ms": (at + _SEGMENT) * _WORD_MS,
            "speaker": None,
            "text": " ".join(words[at : at + _SEGMENT]),
            "flags": [],
            "words": [],
        }


def _held(session: Session) -> Recording:
    made = recordings.catalogue(
        session, actor=_WHO, case_id=CASE, particulars=Particulars(title="Traffic")
    )
    arrival = Arrival(digest=Digest.of_bytes(made.id.encode()), size=1, declared=Declared())
    recordings.acquire(session, actor=_WHO, recording=made, arrival=arrival)
    return made


def _segments(words: Sequence[str]) -> Iterator[Segment]:
    """Words as an engine writes them, each with its time."""
    for at in range(0, len(words), _SEGMENT):
        here = words[at : at + _SEGMENT]
        spoken = tuple(
            Word(word, (at + number) * _WORD_MS, (at + number + 1) * _WORD_MS)
            for number, word in enumerate(here)
        )
        yield Segment(" ".join(here), at * _WORD_MS, (at + len(here)) * _WORD_MS, spoken)
