"""A catalogue with several cases in which things were said, and the verbs that search it."""

from collections.abc import Sequence

import pytest

from app.core.actor import Actor
from app.core.database import Database
from app.core.digest import Digest
from app.recordings import service as recordings
from app.recordings.acquisition import Arrival, Declared
from app.recordings.models import Recording
from app.recordings.provenance import Particulars
from app.search import keeping, queries
from app.search.queries import Found
from app.search.scope import Scope
from app.transcripts import service as transcripts
from app.transcripts.models import Transcript, TranscriptKind
from transcription.transcript import Segment, Word
from transcription.transcript import Transcript as Content

CASE = "case-1"
WORD_MS = 400


def timed(text: str, *, language: str = "en", per_segment: int = 12) -> Content:
    """Words spoken one after the other, each 400 ms after the one before."""
    words = text.split()
    segments = []
    for at in range(0, len(words), per_segment):
        here = words[at : at + per_segment]
        said = tuple(
            Word(word, (at + n) * WORD_MS, (at + n + 1) * WORD_MS) for n, word in enumerate(here)
        )
        segments.append(Segment(" ".join(here), said[0].start_ms, said[-1].end_ms, said))
    return Content(language, tuple(segments))


class Catalogue:
    """Recordings with what is said in them, and searches in them."""

    def __init__(self, database: Database, actor: Actor) -> None:
        self.database, self.actor = database, actor

    def recording(self, *, case: str = CASE, held: bool = True) -> Recording:
        with self.database.writing() as session:
            made = recordings.catalogue(
                session,
                actor=self.actor,
                case_id=case,
                particulars=Particulars(title="Traffic"),
            )
            if held:
                arrival = Arrival(
                    digest=Digest.of_bytes(made.id.encode()), size=5, declared=Declared()
                )
                recordings.acquire(session, actor=self.actor, recording=made, arrival=arrival)
            return made

    def said(
        self,
        content: Content | str,
        *,
        recording: Recording | None = None,
        kind: TranscriptKind = TranscriptKind.HUMAN,
        parent: Transcript | None = None,
        indexed: bool = True,
        case: str = CASE,
    ) -> Transcript:
        """Keep what is said, and be the worker that puts it into the index."""
        spoken = timed(content) if isinstance(content, str) else content
        recording = recording or self.recording(case=case)
        with self.database.writing() as session:
            made = transcripts.keep(
                session,
                actor=self.actor,
                recording=recording,
                content=spoken,
                kind=kind,
                parent=parent,
            )
            if indexed:
                keeping.put(session, made)
            return made

    def search(
        self,
        quote: str,
        *,
        language: str = "en",
        cases: Sequence[str] = (CASE,),
        limit: int = queries.DEFAULT_LIMIT,
        recording_id: str | None = None,
        superseded: bool = False,
    ) -> Found:
        scope = Scope(case_ids=cases, recording_id=recording_id, superseded=superseded)
        with self.database.reading() as session:
            return queries.search(
                session, quote=quote, language=language, scope=scope, limit=limit
            )


@pytest.fixture
def catalogue(database: Database, investigator: Actor) -> Catalogue:
    return Catalogue(database, investigator)
