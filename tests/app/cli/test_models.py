"""`earwitness models`: nothing is fetched unasked, nothing half or wrong takes a model's name."""

import hashlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from app.cli.download import NotFetched, fetch
from tests.app.cli.test_transcription import earwitness

CONTENT = bytes(range(256)) * 9000
DIGEST = f"sha256:{hashlib.sha256(CONTENT).hexdigest()}"


class Mirror(BaseHTTPRequestHandler):
    """Serves `CONTENT`; ranges if asked; under /broken it stops half-way."""

    asked: list[str | None]

    def do_GET(self) -> None:
        wanted = self.headers.get("Range")
        self.server.asked.append(wanted)  # type: ignore[attr-defined]
        if self.path.startswith("/none"):
            self.send_error(404)
            return
        first = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted else 0
        if first >= len(CONTENT):
            self.send_error(416)
            return
        self.send_response(206 if wanted else 200)
        self.send_header("Content-Length", str(len(CONTENT) - first))
        self.end_headers()
        whole = CONTENT[first:]
        self.wfile.write(whole[: len(whole) // 2] if self.path.startswith("/broken") else whole)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def mirror() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Mirror)
    server.asked = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def address(mirror: ThreadingHTTPServer, path: str) -> str:
    return f"http://127.0.0.1:{mirror.server_port}/{path}"


def told(_held: int, _of: int | None) -> None:
    pass


def test_a_file_is_fetched_whole_and_right(mirror: ThreadingHTTPServer, tmp_path: Path) -> None:
    steps: list[tuple[int, int | None]] = []
    target = tmp_path / "models" / "tiny.pt"
    fetch(
        address(mirror, "tiny.pt"),
        target,
        digest=DIGEST,
        progress=lambda held, of: steps.append((held, of)),
    )
    assert target.read_bytes() == CONTENT
    assert list(target.parent.iterdir()) == [target]
    assert steps[-1] == (len(CONTENT), len(CONTENT))


def test_a_download_that_broke_off_goes_on_where_it_stopped(
    mirror: ThreadingHTTPServer, tmp_path: Path
) -> None:
    target = tmp_path / "tiny.pt"
    with pytest.raises(NotFetched, match="bytes are kept"):
        fetch(address(mirror, "broken/tiny.pt"), target, digest=DIGEST, progress=told)
    assert not target.exists()
    held = (tmp_path / "tiny.pt.part").stat().st_size
    assert held > 0
    fetch(address(mirror, "tiny.pt"), target, digest=DIGEST, progress=told)
    assert target.read_bytes() == CONTENT
    assert mirror.asked == [None, f"bytes={held}-"]  # type: ignore[attr-defined]
    assert list(tmp_path.iterdir()) == [target]


def test_a_part_that_is_all_of_it_already_is_taken(
    mirror: ThreadingHTTPServer, tmp_path: Path
) -> None:
    (tmp_path / "tiny.pt.part").write_bytes(CONTENT)
    fetch(address(mirror, "tiny.pt"), tmp_path / "tiny.pt", digest=DIGEST, progress=told)
    assert (tmp_path / "tiny.pt").read_bytes() == CONTENT


def test_what_has_another_digest_is_removed_and_both_are_named(
    mirror: ThreadingHTTPServer, tmp_path: Path
) -> None:
    wanted = f"sha256:{'0' * 64}"
    with pytest.raises(NotFetched) as caught:
        fetch(address(mirror, "tiny.pt"), tmp_path / "tiny.pt", digest=wanted, progress=told)
    assert DIGEST in str(caught.value)
    assert wanted in str(caught.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", ["none/tiny.pt", "tiny.pt"])
def test_what_is_not_there_leaves_nothing(
    mirror: ThreadingHTTPServer, tmp_path: Path, place: str
) -> None:
    port = mirror.server_port if place.startswith("none") else 9
    with pytest.raises(NotFetched, match=r"127\.0\.0\.1"):
        fetch(
            f"http://127.0.0.1:{port}/{place}",
            tmp_path / "tiny.pt",
            digest=DIGEST,
            progress=told,
        )
    assert list(tmp_path.iterdir()) == []


def test_without_a_network_fetching_says_where_to_put_the_file(tmp_path: Path) -> None:
    done = earwitness(
        "models",
        "fetch",
        "small",
        "--from",
        "http://127.0.0.1:9",
        EARWITNESS_MODELS_DIR=str(tmp_path),
    )
    assert done.returncode == 1
    assert f"put the file at {tmp_path / 'small.pt'} yourself" in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_mirror_cannot_give_other_weights(mirror: ThreadingHTTPServer, tmp_path: Path) -> None:
    done = earwitness(
        "models",
        "fetch",
        "base",
        "--from",
        address(mirror, ""),
        EARWITNESS_MODELS_DIR=str(tmp_path),
    )
    assert done.returncode == 1
    assert DIGEST in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_models_are_listed_with_digest_and_place(tmp_path: Path) -> None:
    (tmp_path / "small.pt").write_bytes(b"small")
    done = earwitness("models", "list", "--json", EARWITNESS_MODELS_DIR=str(tmp_path))
    rows = {row["engine"]: row for row in json.loads(done.stdout)["models"]}
    assert rows["whisper:small"]["here"]
    assert rows["whisper:small"]["bytes"] == 5
    assert not rows["whisper:large-v2"]["here"]
    assert rows["whisper:large-v2"]["path"] == str(tmp_path / "large-v2.pt")
    assert all(len(row["sha256"]) == 64 for row in rows.values())
    assert "not for casework" in rows["whisper:exercise"]["path"]


def test_damaged_weights_are_named_and_not_loaded(tmp_path: Path) -> None:
    (tmp_path / "small.pt").write_bytes(b"small")
    found = hashlib.sha256(b"small").hexdigest()
    done = earwitness("models", "verify", EARWITNESS_MODELS_DIR=str(tmp_path))
    assert done.returncode == 1
    assert f"{tmp_path / 'small.pt'}  sha256:{found}  DIFFERS: published sha256:" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("verify", "small"), 1, "small.pt is not here"),
        (("verify",), 0, "No published weights are here"),
        (("fetch", "huge"), 2, "no published model 'huge'"),
    ],
)
def test_what_is_missing_is_said(
    tmp_path: Path, arguments: tuple[str, ...], status: int, said: str
) -> None:
    done = earwitness("models", *arguments, EARWITNESS_MODELS_DIR=str(tmp_path))
    assert done.returncode == status
    assert said in done.stdout + done.stderr
