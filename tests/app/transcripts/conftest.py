"""A recording of which something is held, and one of which nothing is."""

from typing import Any

import pytest

from app.core.actor import Actor
from app.core.database import Database
from app.core.digest import Digest
from app.recordings import service as recordings
from app.recordings.acquisition import Arrival, Declared
from app.recordings.models import MediaInstance, Recording
from app.recordings.provenance import Decoding, Outcome, Particulars
from app.transcripts import service
from app.transcripts.models import Transcript, TranscriptKind
from transcription.transcript import Flag, Segment, Word
from transcription.transcript import Transcript as Content

PCM = str(Digest.of_bytes(b"samples"))
CONTENT = Content(
    "en",
    (
        Segment("We wait", 0, 900, (Word("We", 0, 300, 912), Word("wait", 310, 900)), "A"),
        Segment("for flour", 950, 2000, flags=(Flag.UNINTELLIGIBLE,)),
    ),
)


def keep(
    database: Database, actor: Actor, recording: Recording, content: Content = CONTENT, **more: Any
) -> Transcript:
    with database.writing() as session:
        return service.keep(
            session,
            actor=actor,
            recording=recording,
            content=content,
            kind=more.pop("kind", TranscriptKind.ASR),
            **more,
        )


@pytest.fixture
def cited(database: Database, investigator: Actor) -> Recording:
    """Catalogued, and not held."""
    with database.writing() as session:
        return recordings.catalogue(
            session,
            actor=investigator,
            case_id="case-1",
            particulars=Particulars(title="Dispatch about sacks of flour", languages=("en",)),
        )


@pytest.fixture
def instance(database: Database, investigator: Actor, cited: Recording) -> MediaInstance:
    """Bytes of it, held and identified."""
    with database.writing() as session:
        held = recordings.acquire(
            session,
            actor=investigator,
            recording=cited,
            arrival=Arrival(digest=Digest.of_bytes(b"bytes"), size=5, declared=Declared()),
        )
        recordings.identify(
            session,
            actor=investigator,
            instance=held,
            decoding=Decoding(
                outcome=Outcome.DECODED,
                decoder={"av": "1"},
                container="wav",
                codec="pcm_s16le",
                sample_rate=8000,
                channels=1,
                duration_ms=9000,
                pcm_sha256=PCM,
            ),
        )
        return held


@pytest.fixture
def recording(cited: Recording, instance: MediaInstance) -> Recording:
    """Catalogued and held."""
    assert instance.recording_id == cited.id
    return cited
