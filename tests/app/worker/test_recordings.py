"""Identifying what arrived: decoded where nothing can escape, kept whatever it is."""

import io
import os
from dataclasses import replace

import numpy as np
import pytest
import soundfile
from sqlalchemy import func, select

from app.core.digest import Digest
from app.core.jobs import Failed, JobKind, Waits
from app.core.storage import Area
from app.custody.models import LogEntry
from app.recordings import queries, service
from app.recordings.provenance import Decoding, DerivativeKind, Outcome
from app.worker import recordings
from transcription import audio
from transcription.sandbox import zygotes

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
    assert {one.made_by["of"] for one in made.values()} == {found.pcm_sha256}
    playback = made[DerivativeKind.PLAYBACK]
    assert (playback.media_type, playback.made_by["channels"]) == ("audio/ogg", 2)
    with house.tools.storage.open(Digest.parse(playback.sha256), area=Area.DERIVATIVES) as content:
        copy = audio.probe(content)
    assert (copy.container.codec, copy.container.channels) == ("opus", 2)
    assert copy.duration_ms == 2500
    assert made[DerivativeKind.PEAKS].size == 125
    seen = made[DerivativeKind.SPECTROGRAM]
    with house.tools.storage.open(Digest.parse(seen.sha256), area=Area.DERIVATIVES) as content:
        assert np.load(content).shape == (seen.made_by["columns"], 80) == (125, 80)
    assert list((house.tools.settings.data_dir / "incoming").iterdir()) == []


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
    assert recordings.fixity(run) == {"checked": 1, "failed": 0, "samples": None}

    digest = Digest.parse(instance.sha256)
    held = next(house.tools.settings.data_dir.rglob(digest.hex))
    held.chmod(0o644)
    altered = bytearray(held.read_bytes())
    altered[-1] ^= 1
    held.write_bytes(altered)

    assert recordings.fixity(run) == {"checked": 1, "failed": 1, "samples": None}
    with house.tools.database.reading() as session:
        last = session.scalars(select(LogEntry).order_by(LogEntry.log_index.desc())).first()
    assert last is not None
    assert last.event == "recording:fixity-check"
    assert b'"fixity":"altered"' in last.body


def test_what_was_decoded_is_decoded_again_and_compared(house: House) -> None:
    instance = house.acquire(tone(1))
    recordings.identify(house.run(JobKind.IDENTIFY, instance.id))
    run = house.run(JobKind.FIXITY, instance.id)
    assert recordings.fixity(run)["samples"] == "same"

    with house.tools.database.writing() as session:
        older = Decoding(
            outcome=Outcome.DECODED, decoder={"av": "1"}, pcm_sha256="sha256:" + "0" * 64
        )
        service.identify(session, actor=house.actor, instance=instance, decoding=older)

    assert recordings.fixity(run)["samples"] == "other"
    with house.tools.database.reading() as session:
        found = queries.identification_of(session, instance.id)
    assert found is not None
    assert found.decoder["av"] != "1", "today's decoder is on record beside the old one"
    assert recordings.fixity(run)["samples"] == "same"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_where_no_decoder_can_be_confined_the_job_waits_unless_the_operator_waives_it(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    instance = house.acquire(tone(1))
    run = house.run(JobKind.IDENTIFY, instance.id)
    bare = audio.Confinement(landlock_abi=0, seccomp=True)
    monkeypatch.setattr(zygotes.running(), "confinement", bare)

    assert not recordings.can_decode(run.job, house.tools)
    with pytest.raises(Waits) as caught:
        recordings.identify(run)
    assert caught.value.problem.type == "sandbox-unavailable"
    assert "Landlock ABI 0" in caught.value.problem.detail

    run.settings = run.settings.model_copy(update={"allow_unconfined_decoding": True})
    tools = replace(house.tools, settings=run.settings)
    assert recordings.can_decode(run.job, tools)
    assert recordings.identify(run)["outcome"] == "decoded"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("changed", "limit"),
    [
        ({"max_decoded_s": 2}, "decoded_seconds is 2"),
        ({"max_expansion": 1}, "expansion is 1"),
    ],
)
def test_a_bomb_fails_its_job_and_the_problem_names_the_limit(
    house: House, changed: dict[str, int], limit: str
) -> None:
    silence = io.BytesIO()
    soundfile.write(silence, np.zeros(16_000 * 60 * 40, np.int16), 16_000, format="FLAC")
    instance = house.acquire(silence.getvalue())
    run = house.run(JobKind.IDENTIFY, instance.id)
    run.settings = run.settings.model_copy(update=changed)

    with pytest.raises(Failed) as caught:
        recordings.identify(run)

    problem = caught.value.problem
    assert problem.type == "limit-exceeded"
    assert limit in problem.detail
    assert f"EARWITNESS_{next(iter(changed)).upper()}" in problem.detail
    with house.tools.database.reading() as session:
        assert queries.identification_of(session, instance.id) is None, "not called undecodable"
    assert house.tools.storage.exists(Digest.parse(instance.sha256), area=Area.ORIGINALS)
