"""A recording of which something is held, and one of which nothing is."""

import pytest

from app.core.actor import Actor
from app.core.database import Database
from app.core.digest import Digest
from app.recordings import service as recordings
from app.recordings.acquisition import Arrival, Declared
from app.recordings.models import MediaInstance, Recording
from app.recordings.provenance import Decoding, Outcome, Particulars

PCM = str(Digest.of_bytes(b"samples"))


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
