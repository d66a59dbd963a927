"""Uploads as they grow: offsets, locks, what is cut off, what is swept."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.digest import Digest
from app.core.errors import Conflict, InsufficientStorage, IntegrityFailure, NotFound
from app.core.storage import Area, Staging, UploadBusy
from app.core.storage.local import LocalStore


@pytest.fixture
def staging(tmp_path: Path) -> Staging:
    return Staging(tmp_path / "incoming", min_free_bytes=0)


@given(chunks=st.lists(st.binary(max_size=5000), max_size=8), cut=st.integers(0, 8))
def test_whatever_was_not_flushed_is_cut_off_and_sent_again(
    chunks: list[bytes], cut: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    staging = Staging(tmp_path_factory.mktemp("staging"), min_free_bytes=0)
    path = staging.create("upload", expected_bytes=0)
    flushed = 0
    with staging.open("upload", offset=0) as growing:
        for number, chunk in enumerate(chunks):
            growing.append(chunk)
            if number < cut:
                flushed = growing.flush()
    whole = b"".join(chunks)
    assert flushed == len(b"".join(chunks[:cut]))
    with staging.open("upload", offset=flushed) as growing:
        assert path.stat().st_size == growing.offset == growing.durable_offset == flushed
        growing.append(whole[flushed:])
        growing.flush()
    assert path.read_bytes() == whole


def test_two_connections_never_write_to_one_upload(staging: Staging) -> None:
    staging.create("upload", expected_bytes=0)
    with staging.open("upload", offset=0), pytest.raises(UploadBusy):
        staging.open("upload", offset=0)
    staging.open("upload", offset=0).close()


def test_a_killed_writer_leaves_no_lock_behind(staging: Staging, tmp_path: Path) -> None:
    staging.create("upload", expected_bytes=0)
    program = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from app.core.storage import Staging\n"
        "growing = Staging(Path(sys.argv[1]), min_free_bytes=0).open('upload', offset=0)\n"
        "growing.append(b'first'); growing.flush(); growing.append(b'second')\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    words = [sys.executable, "-c", program, str(tmp_path / "incoming")]
    assert subprocess.run(words, check=False).returncode == -9
    with staging.open("upload", offset=5):
        assert staging.path("upload").read_bytes() == b"first"


def test_a_file_shorter_than_its_record_is_not_filled_up_in_silence(staging: Staging) -> None:
    staging.create("upload", expected_bytes=0).write_bytes(b"1234")
    with pytest.raises(IntegrityFailure) as refusal:
        staging.open("upload", offset=5)
    assert refusal.value.facts == {"expected_bytes": 5, "found_bytes": 4}


def test_an_original_is_never_opened_for_writing_under_its_staging_name(
    staging: Staging, tmp_path: Path
) -> None:
    # A crash between the link and the removal of the staging name leaves both names.
    path = staging.create("upload", expected_bytes=0)
    path.write_bytes(b"evidence")
    other = path.with_name("other")
    os.link(path, other)
    store = LocalStore(tmp_path, min_free_bytes=0)
    digest = Digest.of_bytes(b"evidence")
    store.adopt(path, area=Area.ORIGINALS, digest=digest)
    with pytest.raises(Conflict):
        staging.open("other", offset=0)
    with store.open(digest, area=Area.ORIGINALS) as held:
        assert held.read() == b"evidence"


def test_an_upload_that_cannot_fit_is_refused_before_its_first_byte(staging: Staging) -> None:
    with pytest.raises(InsufficientStorage):
        staging.create("upload", expected_bytes=1 << 60)
    assert not staging.path("upload").exists()


def test_a_name_is_taken_only_once(staging: Staging) -> None:
    staging.create("upload", expected_bytes=0)
    with pytest.raises(FileExistsError):
        staging.create("upload", expected_bytes=0)


@pytest.mark.parametrize("name", ["", "..", "../originals/x", "a/b", ".hidden", "a" * 65, "a\n"])
def test_a_name_cannot_leave_the_folder(staging: Staging, name: str) -> None:
    with pytest.raises(ValueError, match="not a name"):
        staging.path(name)


def test_an_upload_that_is_gone_is_not_found(staging: Staging) -> None:
    staging.create("upload", expected_bytes=0)
    staging.remove("upload")
    staging.remove("upload")
    with pytest.raises(NotFound):
        staging.open("upload", offset=0)


def test_the_sweep_takes_what_is_old_unless_it_is_kept_or_being_written(staging: Staging) -> None:
    now = datetime(2026, 1, 2, tzinfo=UTC)
    for name in ("old", "kept", "written", "young"):
        path = staging.create(name, expected_bytes=0)
        age = timedelta(hours=1 if name == "young" else 30)
        os.utime(path, times=((now - age).timestamp(),) * 2)
    with staging.open("written", offset=0):
        os.utime(staging.path("written"), times=(0, 0))
        gone = staging.sweep(before=now - timedelta(hours=24), keep={"kept"})
    assert gone == ["old"]
    assert sorted(path.name for path in staging.path("x").parent.iterdir()) == [
        "kept",
        "written",
        "young",
    ]
