"""
How long it takes until a large file is acknowledged, against doing it by hand.

By hand is what a careful person would type: `sha256sum f && cp f g && sync g`. Ours is the
same file over HTTP to a real server with a fresh store, until the receipt is in hand:
hashed as it comes, synced, read back and hashed, linked, committed. Both ways in are measured,
the resumable one with our own client and the single POST. Before each turn the file is
given another beginning, because bytes that are held already would take another path.
"""

import http.client
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

from app.client import upload
from app.demo.cast import Cast, assemble
from app.demo.server import Server, running
from bench import memory
from bench.figure import Bound, Figure, median_ratio, rounded

MIB = 1 << 20
WARM_UP_BYTES = 64 * MIB
HALF = 0.5
GROWTH_MIB = 64
BY_HAND = 'sha256sum "$0" > /dev/null && cp "$0" "$1" && sync "$1"'
API = "/api/v1"


def figures(folder: Path, *, size: int, pairs: int) -> list[Figure]:
    """Speed and memory of both ways in; `folder` needs room for three times `size`."""
    source = folder / "source"
    with running(folder / "store") as server:
        cast = assemble(server)
        try:
            ways = {"in pieces (tus)": _in_pieces, "in one POST": _in_one_post}
            _fill(source, min(size, WARM_UP_BYTES))
            _measure(server, cast, source, ways, pairs=1)
            _fill(source, size)
            memory.forget_peak(server.process.pid)
            before = memory.resident(server.process.pid)
            by_hand, ours = _measure(server, cast, source, ways, pairs=pairs)
            grown = (memory.peak(server.process.pid) - before) / MIB
        finally:
            cast.close()
            source.unlink()
    speeds = [
        Figure(
            name=f"Upload {way}: speed against sha256sum, cp and sync",
            value=median_ratio(by_hand, took),
            bar=HALF,
            facts={
                "size_mib": size // MIB,
                "by_hand_s": rounded(by_hand),
                "upload_s": rounded(took),
            },
        )
        for way, took in ours.items()
    ]
    growth = Figure(
        name="Upload: memory of the web process grows by",
        value=grown,
        unit="MiB",
        bound=Bound.LESS_THAN,
        bar=GROWTH_MIB,
        facts={"resident_before_mib": round(before / MIB, 1), "size_mib": size // MIB},
    )
    return [*speeds, growth]


Way = Callable[[Cast, str, Path], None]


def _measure(
    server: Server, cast: Cast, source: Path, ways: Mapping[str, Way], *, pairs: int
) -> tuple[list[float], dict[str, list[float]]]:
    """By hand, then each way, `pairs` times over; seconds of each."""
    by_hand: list[float] = []
    ours: dict[str, list[float]] = {name: [] for name in ways}
    copy = source.with_name("copy")
    for _ in range(pairs):
        for name, way in ways.items():
            _vary(source)
            began = time.perf_counter()
            subprocess.run(["sh", "-c", BY_HAND, str(source), str(copy)], check=True)
            by_hand.append(time.perf_counter() - began)
            copy.unlink()
            recording = _catalogued(cast)
            began = time.perf_counter()
            way(cast, recording, source)
            ours[name].append(time.perf_counter() - began)
            _forget_originals(server)
    return by_hand, ours


def _in_pieces(cast: Cast, recording: str, source: Path) -> None:
    state = upload(cast.investigator.client, source, metadata={"recording_id": recording})
    _require(state["receipt"]["size"] == source.stat().st_size)


def _in_one_post(cast: Cast, recording: str, source: Path) -> None:
    client = cast.investigator.client.http
    address = urlsplit(str(client.base_url))
    with (
        source.open("rb") as content,
        closing(
            http.client.HTTPConnection(
                str(address.hostname), address.port, timeout=600, blocksize=MIB
            )
        ) as connection,
    ):
        connection.request(
            "POST",
            f"{API}/recordings/{recording}/media-instances",
            content,
            {
                "Authorization": client.headers["Authorization"],
                "Content-Length": str(source.stat().st_size),
            },
        )
        answer = connection.getresponse()
        answer.read()
        _require(answer.status == http.client.CREATED)


def _catalogued(cast: Cast) -> str:
    made = cast.investigator.client.post(
        f"{API}/recordings", {"case_id": cast.case_id, "title": "Random bytes", "kind": "radio"}
    )
    return str(made["id"])


def _fill(source: Path, size: int) -> None:
    """Random bytes, a mebibyte at a time, and on disk before anything is measured."""
    with source.open("wb") as file:
        for start in range(0, size, MIB):
            file.write(os.urandom(min(MIB, size - start)))
        file.flush()
        os.fsync(file.fileno())


def _vary(source: Path) -> None:
    with source.open("r+b") as file:
        file.write(os.urandom(32))
        file.flush()
        os.fsync(file.fileno())


def _forget_originals(server: Server) -> None:
    """Give the space back; the store is this run's own and nobody asks it for bytes again."""
    originals = Path(server.environment["EARWITNESS_DATA_DIR"]) / "originals" / "sha256"
    for folder in originals.iterdir():
        shutil.rmtree(folder)


def _require(held: bool) -> None:
    """An upload that was not acknowledged has no speed."""
    if not held:
        raise RuntimeError("the server did not acknowledge the upload")
