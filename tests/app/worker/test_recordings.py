"""Identifying what arrived: decoded where nothing can escape, kept whatever it is."""

import io
import os

import pytest
import soundfile
from sqlalchemy import func, select

from app.core.digest import Digest
from app.core.jobs import JobKind
from app.core.storage import Area
from app.custody.models import LogEntry
from app.recordings import queries
from app.recordings.provenance import DerivativeKind, Outcome
from app.worker import recordings

from .conftest import House, tone

pytestmark = pytest.mark.sandbox


def entries(house: House) -> int:
    with house.tools.database.reading() as session:
        return session.scalar(select(func.count()).select_from(LogEntry)) or 0


def test_a_decodable_file_is_identified_and_can_be_played(house: House) -> None:
    instance = house.acquire(tone(2.5))

    result = recordings.identify(house.run(JobKind.IDENTIFY, instance.id))

    with house.tools.database.reading() as session:
        found = queries.identification_of(session, instance.id)
        made = {one.kind: one for one in queries.derivatives_of(session, instance.id)}
    assert found is not None
    assert (found.outcome, found.container, found.codec) == (Outcome.DECODED, "wav", "pcm_s16le")
    assert (found.sample_rate, found.channels, found.duration_ms) == (8000, 2, 2500)
    assert found.pcm_sha256 is not None
    assert result["duration_ms"] == 2500
    playback = made[DerivativeKind.PLAYBACK]
    with house.tools.storage.open(Digest.parse(playback.sha256), area=Area.DERIVATIVES) as content:
        heard, rate = soundfile.read(io.BytesIO(content.read()))
    assert (rate, heard.ndim, len(heard)) == (16000, 1, 40000)
    assert made[DerivativeKind.PEAKS].size == 125


def test_doing_it_again_adds_nothing(house: House) -> None:
    instance = house.acquire(tone(1))
    run = house.run(JobKind.IDENTIFY, instance.id)
    recordings.identify(run)
    before = entries(house)

    recordings.identify(run)

    assert entries(house) == before


def test_a_hostile_playlist_is_kept_and_marked_and_reads_no_other_file(house: House) -> None:
    secret = house.tools.settings.data_dir / "other.wav"
    secret.write_bytes(tone(1))
    playlist = f"#EXTM3U\n#EXTINF:1,\nfile://{os.fspath(secret)}\n#EXT-X-ENDLIST\n".encode()
    instance = house.acquire(playlist)

    result = recordings.identify(house.run(JobKind.IDENTIFY, instance.id))

    with house.tools.database.reading() as session:
        found = queries.identification_of(session, instance.id)
        assert queries.derivatives_of(session, instance.id) == []
    assert found is not None
    assert found.outcome is Outcome.UNDECODABLE
    assert found.reason
    assert found.pcm_sha256 is None
    assert result == {"outcome": "undecodable", "reason": found.reason}
    assert house.tools.storage.exists(Digest.parse(instance.sha256), area=Area.ORIGINALS)


def test_unchanged_and_altered_bytes_are_told_apart_and_recorded(house: House) -> None:
    instance = house.acquire(tone(1))
    run = house.run(JobKind.FIXITY, instance.id)
    assert recordings.fixity(run) == {"checked": 1, "failed": 0}

    digest = Digest.parse(instance.sha256)
    held = next(house.tools.settings.data_dir.rglob(digest.hex))
    held.chmod(0o644)
    altered = bytearray(held.read_bytes())
    altered[-1] ^= 1
    held.write_bytes(altered)

    assert recordings.fixity(run) == {"checked": 1, "failed": 1}
    with house.tools.database.reading() as session:
        last = session.scalars(select(LogEntry).order_by(LogEntry.log_index.desc())).first()
    assert last is not None
    assert last.event == "recording:fixity-check"
    assert b'"fixity":"altered"' in last.body
