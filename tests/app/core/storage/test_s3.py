"""What only the S3 driver can get wrong: an absent server, another's bytes, memory."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.core.digest import Digest
from app.core.errors import FixityMismatch, Unavailable
from app.core.settings import Settings
from app.core.storage import Area, open_staging, open_storage
from app.core.storage.local import LocalStore
from app.core.storage.objectstore import key
from app.core.storage.s3 import S3Store
from tests.app.core.storage.conftest import s3_store
from tests.s3server import S3Server

MIB = 1 << 20
NOBODY = "http://127.0.0.1:9"


def test_a_server_that_does_not_answer_is_unavailable_and_its_address_stays_private(
    tmp_path: Path,
) -> None:
    store = S3Store(
        "evidence",
        endpoint=NOBODY,
        region="us-east-1",
        access_key="key",
        secret_key="secret",
        scratch=tmp_path,
        min_free_bytes=0,
    )
    with pytest.raises(Unavailable) as refusal:
        store.check()
    assert NOBODY not in refusal.value.message
    with pytest.raises(Unavailable):
        store.put_bytes(b"peaks", area=Area.DERIVATIVES)


def test_the_settings_alone_decide_which_store_is_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("a secret\n")
    local = Settings(data_dir=tmp_path)
    fleet = Settings(
        data_dir=tmp_path,
        s3_bucket="evidence",
        s3_endpoint=NOBODY,
        s3_access_key_file=secret,
        s3_secret_key_file=secret,
    )
    assert isinstance(open_storage(local), LocalStore)
    assert isinstance(open_storage(fleet), S3Store)
    assert open_staging(fleet).create("upload", expected_bytes=0).parent == tmp_path / "incoming"


@pytest.mark.s3
class TestOnARealServer:
    def test_a_bucket_that_is_not_there_fails_the_check(
        self, s3_server: S3Server, tmp_path: Path
    ) -> None:
        with pytest.raises(Unavailable):
            s3_store(s3_server, "no-such-bucket", tmp_path).check()

    def test_a_wrong_secret_fails_the_check(self, s3_server: S3Server, tmp_path: Path) -> None:
        intruder = S3Server(s3_server.endpoint, s3_server.access_key, "wrong")
        with pytest.raises(Unavailable):
            s3_store(intruder, s3_server.make_bucket(), tmp_path).check()

    def test_bytes_that_lie_under_the_name_already_are_checked_before_they_count(
        self, s3_server: S3Server, tmp_path: Path
    ) -> None:
        bucket = s3_server.make_bucket()
        digest = Digest.of_bytes(b"evidence")
        s3_server.overwrite(bucket, key(digest, Area.ORIGINALS), b"planted!")
        store = s3_store(s3_server, bucket, tmp_path)
        with pytest.raises(FixityMismatch) as refusal:
            store.put_bytes(b"evidence", area=Area.ORIGINALS)
        assert refusal.value.facts["found"] == str(Digest.of_bytes(b"planted!"))
        with pytest.raises(FixityMismatch):
            store.open(digest, area=Area.ORIGINALS)

    def test_a_large_file_passes_through_little_memory(
        self, s3_server: S3Server, tmp_path: Path
    ) -> None:
        """192 MiB there and back, while the process grows by less than 64 MiB."""
        program = (
            "import resource, sys\n"
            "from pathlib import Path\n"
            "from app.core.digest import Digest\n"
            "from app.core.storage import Area\n"
            "from tests.app.core.storage.conftest import s3_store\n"
            "from tests.s3server import S3Server\n"
            "folder = Path(sys.argv[4])\n"
            "store = s3_store(S3Server(*sys.argv[1:4]), sys.argv[5], folder)\n"
            "store.check()\n"
            "staged = folder / 'incoming' / 'large'\n"
            "with staged.open('wb') as stream:\n"
            "    for number in range(192):\n"
            "        stream.write(number.to_bytes(4, 'big') * (1 << 18))\n"
            "with staged.open('rb') as stream:\n"
            "    digest = Digest.of_stream(stream)\n"
            "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
            "store.adopt(staged, area=Area.ORIGINALS, digest=digest)\n"
            "with store.open(digest, area=Area.ORIGINALS) as stream:\n"
            "    assert Digest.of_stream(stream) == digest\n"
            "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n"
        )
        where = [s3_server.endpoint, s3_server.access_key, s3_server.secret_key]
        words = [sys.executable, "-c", program, *where, str(tmp_path), s3_server.make_bucket()]
        said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
        assert int(said) * 1024 < 64 * MIB
