"""
The local store under faults: the order of its system calls, a full disk, a failing disk, sudden
death at every step. What a power cut does beyond that is not tested here.
"""

import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.digest import Digest
from app.core.errors import InsufficientStorage, IntegrityFailure
from app.core.storage import Area
from app.core.storage.local import LocalStore
from app.core.storage.objectstore import key
from tests.conftest import missing

SPOKEN = b"fuel arrives on Tuesday " * 5000
DIGEST = Digest.of_bytes(SPOKEN)

# A program of its own, so that it can be traced, starved and killed. It says what came of it.
ADOPT = """
import sys
from pathlib import Path
from app.core.digest import Digest
from app.core.errors import CatalogError
from app.core.storage import Area
from app.core.storage.local import LocalStore
root = Path(sys.argv[1])
store = LocalStore(root, min_free_bytes=0)
content = (root / "received").read_bytes()
digest = Digest.of_bytes(content)
for turn in range(int(sys.argv[2])):
    staged = root / "incoming" / f"staged-{turn}"
    if not staged.exists():
        staged.write_bytes(content)
    try:
        store.adopt(staged, area=Area.ORIGINALS, digest=digest)
        print("acknowledged", flush=True)
    except CatalogError as error:
        print(error.slug, flush=True)
try:
    store.check()
    print("healthy")
except CatalogError as error:
    print(error.slug)
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A data folder in which a received file waits, outside the store."""
    LocalStore(tmp_path, min_free_bytes=0)
    (tmp_path / "received").write_bytes(SPOKEN)
    return tmp_path


@pytest.fixture(scope="session")
def strace() -> str:
    """The system call tracer, where the kernel lets it trace."""
    found = shutil.which("strace")
    if not found or subprocess.run([found, "true"], capture_output=True, check=False).returncode:
        missing("sandbox", "strace is not installed, or not allowed to trace here")
    return str(found)


def adopt(root: Path, *before: str, turns: int = 1) -> list[str]:
    """Run the program under `before`; return the lines it printed, fewer if it was killed."""
    ran = subprocess.run(
        [*before, sys.executable, "-c", ADOPT, str(root), str(turns)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode in {0, -9, 137}, ran.stderr
    return ran.stdout.split()


def held(root: Path) -> list[Path]:
    return [path for path in (root / "originals").rglob("*") if path.is_file()]


def test_an_original_is_read_only_for_everyone(root: Path) -> None:
    adopt(root)
    assert [stat.S_IMODE(path.stat().st_mode) for path in held(root)] == [0o444]


def test_sha256sum_alone_can_check_the_store(root: Path) -> None:
    adopt(root)
    (path,) = held(root)
    said = subprocess.run(["sha256sum", str(path)], capture_output=True, text=True, check=True)
    assert said.stdout.split()[0] == path.name == DIGEST.hex
    assert path == root / key(DIGEST, Area.ORIGINALS)


def test_the_file_is_synced_before_its_name_and_the_name_before_the_answer(
    root: Path, strace: str
) -> None:
    trace = root / "trace"
    calls = "trace=write,fsync,fchmod,link,linkat,unlink,unlinkat"
    assert adopt(root, strace, "-f", "-y", "-o", str(trace), "-e", calls)[0] == "acknowledged"
    staged, shard = "incoming/staged-0", f"originals/sha256/{DIGEST.hex[:2]}"
    steps = {
        "mode": rf"fchmod\(\d+<[^>]*{staged}>, 0444\) = 0",
        "sync": rf"fsync\(\d+<[^>]*{staged}>\) += 0",
        "link": rf"link(at)?\(.*{staged}.*{DIGEST.hex}.* = 0",
        "sync of the folder": rf"fsync\(\d+<[^>]*{shard}>\) += 0",
        "sync of the folder above": r"fsync\(\d+<[^>]*originals/sha256>\) += 0",
        "unlink": rf"unlink(at)?\(.*{staged}",
        "answer": r'write\(1<[^>]*>, "acknowledged',
    }
    text = trace.read_text()
    at = -1
    for step, pattern in steps.items():
        found = re.compile(pattern).search(text, at + 1)
        assert found, f"no {step} after what must come before it:\n{text}"
        at = found.start()
    written = [found.start() for found in re.finditer(rf"write\(\d+<[^>]*{staged}>", text)]
    assert max(written) < text.index("fsync(", max(written))


@pytest.mark.parametrize(
    ("call", "turn"),
    [
        ("fchmod", 1),
        ("fsync", 1),
        ("mkdir,mkdirat", 1),
        ("fsync", 2),
        ("link,linkat", 1),
        ("fsync", 3),
        ("fsync", 4),
        ("unlink,unlinkat", 1),
    ],
)
def test_killed_at_any_step_it_leaves_a_whole_object_or_none_and_can_be_repeated(
    root: Path, strace: str, call: str, turn: int
) -> None:
    fault = f"inject={call}:signal=SIGKILL:when={turn}"
    words = [strace, "-f", "-o", "/dev/null", "-e", f"trace={call}", "-e", fault]
    assert adopt(root, *words) == []
    for path in held(root):
        assert path.read_bytes() == SPOKEN
        assert stat.S_IMODE(path.stat().st_mode) == 0o444
    assert adopt(root) == ["acknowledged", "healthy"]
    assert [path.read_bytes() for path in held(root)] == [SPOKEN]
    assert list((root / "incoming").iterdir()) == []


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_after_a_failed_fsync_nothing_is_acknowledged_until_a_restart(
    root: Path, strace: str, turn: int
) -> None:
    # Only the faulty call fails; every later fsync would succeed, and must not be asked.
    fault = f"inject=fsync:error=EIO:when={turn}"
    words = [strace, "-f", "-o", str(root / "trace"), "-e", "trace=fsync", "-e", fault]
    (root / "originals/sha256" / DIGEST.hex[:2]).mkdir()
    assert adopt(root, *words, turns=3) == ["durability-lost"] * 4
    assert (root / "trace").read_text().count("fsync(") == turn
    assert adopt(root) == ["acknowledged", "healthy"]


def test_no_room_for_a_name_is_a_full_store_and_not_a_lost_disk(root: Path, strace: str) -> None:
    calls = "link,linkat"
    fault = f"inject={calls}:error=ENOSPC:when=1"
    words = [strace, "-f", "-o", "/dev/null", "-e", f"trace={calls}", "-e", fault]
    assert adopt(root, *words, turns=2) == ["insufficient-storage", "acknowledged", "healthy"]
    assert len(held(root)) == 1


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A filesystem of one mebibyte, where we may mount one."""
    folder = tmp_path / "small"
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(words, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small filesystem needs root and the right to mount")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_keeps_nothing_and_recovers_when_there_is_room(small_disk: Path) -> None:
    store = LocalStore(small_disk, min_free_bytes=0)
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(900 * 1024))
    with pytest.raises(InsufficientStorage):
        store.put_bytes(bytes(200 * 1024), area=Area.DERIVATIVES)
    assert list(store.digests(Area.DERIVATIVES)) == []
    assert list((small_disk / "incoming").iterdir()) == []
    ballast.unlink()
    store.put_bytes(bytes(200 * 1024), area=Area.DERIVATIVES)
    store.check()


def test_a_write_that_the_system_cuts_short_is_a_full_store(tmp_path: Path) -> None:
    program = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from app.core.errors import InsufficientStorage\n"
        "from app.core.storage import Area\n"
        "from app.core.storage.local import LocalStore\n"
        "store = LocalStore(Path(sys.argv[1]), min_free_bytes=0)\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try:\n"
        "    store.put_bytes(bytes(5000), area=Area.DERIVATIVES)\n"
        "except InsufficientStorage:\n"
        "    print('refused')\n"
    )
    words = [sys.executable, "-c", program, str(tmp_path)]
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    assert said == "refused\n"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_below_the_floor_of_free_space_nothing_new_is_taken(tmp_path: Path) -> None:
    floor = shutil.disk_usage(tmp_path).total + 1
    store = LocalStore(tmp_path, min_free_bytes=floor)
    with pytest.raises(InsufficientStorage) as refusal:
        store.put_bytes(b"peaks", area=Area.DERIVATIVES)
    assert refusal.value.facts == {"wanted_bytes": 5, "floor_bytes": floor}
    with pytest.raises(InsufficientStorage):
        store.check()


def test_a_link_in_place_of_an_object_is_never_followed(root: Path) -> None:
    adopt(root)
    (path,) = held(root)
    path.unlink()
    path.symlink_to(root / "received")
    store = LocalStore(root, min_free_bytes=0)
    with pytest.raises(IntegrityFailure):
        store.open(DIGEST, area=Area.ORIGINALS)


def test_a_stray_file_is_not_taken_for_an_object(root: Path) -> None:
    adopt(root)
    (held(root)[0].parent / ".directory").write_text("left by a file manager")
    store = LocalStore(root, min_free_bytes=0)
    assert list(store.digests(Area.ORIGINALS)) == [DIGEST]
