"""The signer: it signs growth and nothing else, and never forgets."""

import base64
import json
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from app.core.errors import Conflict
from app.custody import tiles
from app.custody.checkpoint import Checkpoint, opened
from app.custody.sealing import SigningRefused, connected, spawned
from app.custody.signer import KEY_FILE, STATE_FILE, Signer, establish
from tests.app.custody.test_merkle import GROWN, ROOTS, Grown

ORIGIN = "earwitness.example/log"


def ask(size: int, root: bytes, path: list[bytes]) -> str:
    return json.dumps(
        {
            "ask": "sign",
            "size": size,
            "root": base64.b64encode(root).decode(),
            "path": [base64.b64encode(step).decode() for step in path],
        }
    )


def grow(old: int, new: int, tree: Grown = GROWN) -> str:
    path = tiles.consistency_proof(tree.read, old, new) if old else []
    return ask(new, tree.root(new), path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    establish(tmp_path / "signer", origin=ORIGIN)
    return tmp_path / "signer"


def test_it_signs_growth(folder: Path) -> None:
    with Signer(folder) as signer:
        for old, new in ((0, 3), (3, 3), (3, 10), (10, 300)):
            answer = signer.answer(grow(old, new))
            assert opened(answer["note"], [signer.key]) == Checkpoint(ORIGIN, new, ROOTS[new])


def test_it_refuses_a_rollback_and_a_split_and_stays_where_it_was(folder: Path) -> None:
    other = Grown([b"another story", *(f"entry {index}".encode() for index in range(1, 20))])
    with Signer(folder) as signer:
        signer.answer(grow(0, 10))
        refusals = [
            signer.answer(grow(5, 9)),  # shorter, with a proof that would hold
            signer.answer(ask(9, ROOTS[9], [])),
            signer.answer(grow(10, 10, other)),  # the same size, another log
            signer.answer(grow(10, 15, other)),  # grown from another log
            signer.answer(ask(12, ROOTS[12], [])),  # no proof
            signer.answer(ask(0, tiles.EMPTY_ROOT, [])),
        ]

        assert all("refused" in answer for answer in refusals)
        assert {answer["size"] for answer in refusals} == {10}
        assert "rollback" in refusals[0]["refused"]
        assert "two roots for one size" in refusals[2]["refused"]
        assert "note" in signer.answer(grow(10, 11))


@pytest.mark.parametrize(
    "line",
    [
        "",
        "[]",
        "7",
        "{",
        '{"ask": "everything"}',
        '{"ask": "sign"}',
        '{"ask": "sign", "size": true, "root": "", "path": []}',
        '{"ask": "sign", "size": -1, "root": "AAAA", "path": []}',
        '{"ask": "sign", "size": 5, "root": 5, "path": 5}',
        "[" * 100_000,
    ],
)
def test_nonsense_is_refused_and_does_not_end_it(folder: Path, line: str) -> None:
    with Signer(folder) as signer:
        assert "refused" in signer.answer(line)
        assert signer.answer('{"ask": "state"}')["size"] == 0


def test_its_memory_outlives_it(folder: Path) -> None:
    with Signer(folder) as signer:
        note = signer.answer(grow(0, 10))["note"]

    with Signer(folder) as signer:
        assert signer.answer('{"ask": "state"}')["note"] == note
        assert "refused" in signer.answer(grow(0, 9))


def test_without_its_memory_it_does_not_start(folder: Path) -> None:
    (folder / STATE_FILE).unlink()

    with pytest.raises(FileNotFoundError):
        Signer(folder)


def test_a_key_is_made_once_and_kept_from_others(folder: Path) -> None:
    assert stat.S_IMODE((folder / KEY_FILE).stat().st_mode) == 0o400
    with pytest.raises(Conflict):
        establish(folder, origin=ORIGIN)


def test_two_signers_cannot_hold_one_key(folder: Path) -> None:
    with Signer(folder), pytest.raises(Conflict):
        Signer(folder)


def test_over_pipes_and_over_a_socket(folder: Path, tmp_path: Path) -> None:
    with spawned(folder, origin=ORIGIN) as client:
        signed = client.sign(size=4, root=ROOTS[4], path=[])
        assert signed.note is not None
        assert opened(signed.note, [signed.key]).size == 4
        with pytest.raises(SigningRefused) as refusal:
            client.sign(size=3, root=ROOTS[3], path=[])
        assert refusal.value.facts["signed_root"] == ROOTS[4].hex()
        assert refusal.value.facts["asked_root"] == ROOTS[3].hex()

    address = tmp_path / "s"
    child = subprocess.Popen(
        [sys.executable, "-m", "app.custody.signer", str(folder), "--socket", str(address)]
    )
    try:
        while not answers(address):
            time.sleep(0.02)
            assert child.poll() is None
        for _ in range(2):
            with connected(address) as client:
                assert client.state().checkpoint.size == 4
    finally:
        child.kill()
        child.wait()


def answers(address: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(address)) == 0


def test_killed_between_memory_and_answer_it_signs_the_same_again(folder: Path) -> None:
    """The kill comes from inside, right after the memory is on disk, before the answer."""
    script = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from app.custody import signer\n"
        "persist = signer._persist\n"
        "def fatal(*parts):\n"
        "    persist(*parts)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "signer._persist = fatal\n"
        "signer.main([sys.argv[1]])\n"
    )
    child = subprocess.run(
        [sys.executable, "-c", script, str(folder)],
        input=grow(0, 10) + "\n",
        capture_output=True,
        text=True,
        check=False,
        cwd=Path.cwd(),
    )
    assert child.returncode == -signal.SIGKILL
    assert child.stdout == ""

    with Signer(folder) as signer:
        remembered: dict[str, Any] = signer.answer('{"ask": "state"}')
        again = signer.answer(grow(10, 10))
        assert remembered["size"] == 10
        assert again["note"] == remembered["note"]
        assert "refused" in signer.answer(grow(0, 9))
        assert "note" in signer.answer(grow(10, 12))
