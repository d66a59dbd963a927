"""
The set-up script, run as a newcomer runs it, where something is missing; and its stamps and locks.

The whole set-up from nothing takes minutes and a network; `.ci/run` and the newcomer do that.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "scripts" / "bootstrap.py"
sys.path.insert(0, str(ROOT / "scripts"))
from provisioning import environment, house, lock, packages, pages, progress, stamp  # noqa: E402

sys.path.pop(0)

NOWHERE = "http://127.0.0.1:9"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "stamp" / "setup.log"


def test_an_unknown_verb_gets_the_list_of_verbs() -> None:
    ran = subprocess.run(
        [sys.executable, str(SCRIPT), "frobnicate"], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 2
    assert "setup | demo | test | run | check | bench | lock" in ran.stdout


def test_an_old_python_gets_words_and_not_a_syntax_error() -> None:
    program = (
        "import runpy, sys\n"
        "sys.version_info = (3, 9, 2, 'final', 0)\n"
        f"sys.argv = [{str(SCRIPT)!r}, 'setup']\n"
        f"runpy.run_path({str(SCRIPT)!r}, run_name='__main__')\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 2
    assert "needs Python 3.11 or newer; this is 3.9.2" in ran.stdout


def test_the_entry_script_uses_no_word_that_an_old_python_cannot_read() -> None:
    compile(SCRIPT.read_text(), str(SCRIPT), "exec", dont_inherit=True)
    import ast

    ast.parse(SCRIPT.read_text(), feature_version=(3, 10))


def test_a_python_without_venv_is_told_which_package_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, log: Path
) -> None:
    monkeypatch.setattr(environment.importlib.util, "find_spec", _nothing)
    with pytest.raises(progress.SetUpFailed) as failure:
        environment.make(tmp_path / ".venv", log=log)
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    assert f"apt-get install python{version}-venv" in str(failure.value)


def test_too_little_disk_is_said_before_anything_is_fetched(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, log: Path
) -> None:
    monkeypatch.setattr(environment, "NEEDED_BYTES", 1 << 60)
    with pytest.raises(progress.SetUpFailed, match="GB free"):
        environment.make(tmp_path / ".venv", log=log)
    assert list(tmp_path.iterdir()) == []


def test_a_network_that_is_not_there_is_said_plainly(log: Path) -> None:
    pip = [sys.executable, "-m", "pip", "install", "--retries", "1", "--no-deps"]
    words = [*pip, "--target", str(log.parent), "--index-url", NOWHERE, "six==1.17.0"]
    isolated = {"PIP_CONFIG_FILE": os.devnull, "PIP_FIND_LINKS": "", "PIP_EXTRA_INDEX_URL": ""}
    with pytest.raises(progress.StepFailed) as failure:
        progress.command(words, what="install the packages", log=log, extra=isolated)
    assert "Could not install the packages" in str(failure.value)
    assert "registry could not be reached" in str(failure.value)
    assert log.exists()


def test_a_full_disk_is_said_plainly(log: Path) -> None:
    words = [sys.executable, "-c", "raise OSError(28, 'No space left on device')"]
    with pytest.raises(progress.StepFailed, match="The disk is full"):
        progress.command(words, what="build the pages", log=log)


def test_any_other_failure_shows_the_end_of_what_was_printed(log: Path) -> None:
    program = "print('\\n'.join(f'line {n}' for n in range(100))); raise SystemExit(3)"
    with pytest.raises(progress.StepFailed) as failure:
        progress.command([sys.executable, "-c", program], what="build the pages", log=log)
    assert "line 99" in str(failure.value)
    assert "line 80\n" not in str(failure.value)
    assert "line 0\n" in log.read_text()


def test_a_choice_of_torch_that_does_not_exist_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EARWITNESS_TORCH", "gpu")
    with pytest.raises(progress.SetUpFailed, match="cpu, cuda, skip"):
        packages.torch_choice()


def test_a_second_run_has_nothing_to_do() -> None:
    """Only where this checkout was set up by the script itself."""
    if not (ROOT / ".stamp" / "pages").exists():
        pytest.skip("this checkout was not set up by scripts/bootstrap.py")
    before = time.time()
    ran = subprocess.run(
        [sys.executable, str(SCRIPT), "setup"], capture_output=True, text=True, check=True
    )
    assert ran.stdout.startswith("Ready.")
    assert (ROOT / ".stamp" / "packages").stat().st_mtime < before


class TestStamps:
    def test_a_stamp_holds_for_what_it_was_set_for_and_nothing_else(self, tmp_path: Path) -> None:
        one = stamp.Stamp(tmp_path / "stamps", "packages")
        assert not one.holds("a")
        one.set("a")
        assert one.holds("a")
        assert not one.holds("b")
        one.lift()
        assert not one.holds("a")

    def test_a_digest_notices_a_changed_an_absent_and_a_renamed_file(self, tmp_path: Path) -> None:
        first, second = tmp_path / "first", tmp_path / "second"
        seen = {stamp.digest([first])}
        first.write_text("x")
        seen.add(stamp.digest([first]))
        first.write_text("y")
        seen.add(stamp.digest([first]))
        first.rename(second)
        seen.add(stamp.digest([second]))
        seen.add(stamp.digest([second], "3.11"))
        assert len(seen) == 5

    def test_sources_of_the_pages_leave_out_what_is_built_from_them(self, tmp_path: Path) -> None:
        web = pages.folder(tmp_path)
        for name in ("src/a.ts", "package.json", "node_modules/x/b.js", "static/dist/a.js"):
            (web / name).parent.mkdir(parents=True, exist_ok=True)
            (web / name).write_text("x")
        found = {str(path.relative_to(web)) for path in pages.sources(tmp_path)}
        assert found == {"src/a.ts", "package.json"}

    def test_a_checkout_without_its_lock_file_is_not_whole(
        self, tmp_path: Path, log: Path
    ) -> None:
        with pytest.raises(progress.SetUpFailed, match=r"package-lock\.json"):
            pages.build(tmp_path, tmp_path / ".venv", log=log)

    def test_a_step_that_failed_is_done_again(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        turns: list[str] = []

        def install(root: Path, venv: Path, *, log: Path) -> None:
            turns.append("install")
            if len(turns) == 1:
                raise progress.SetUpFailed("the network went away")

        monkeypatch.setattr(environment, "version_of", lambda _: "3.11")
        monkeypatch.setattr(packages, "install", install)
        monkeypatch.setattr(pages, "build", _nothing)
        with pytest.raises(progress.SetUpFailed):
            house.set_up(tmp_path)
        house.set_up(tmp_path)
        house.set_up(tmp_path)
        assert turns == ["install", "install"]


class TestLock:
    def test_a_lock_keeps_plain_pins_and_leaves_the_machine_s_own_builds_out(self) -> None:
        frozen = """
            torch==2.13.0+cpu
            triton==3.5.0
            nvidia_cublas_cu12==12.0
            openai-whisper==20250625
            -e git+https://example.org/earwitness
            # a comment
            somewhere @ file:///tmp/somewhere.whl
            Zlib==1
            alembic==1.20.1
        """
        assert lock.constraints(frozen.splitlines()) == ["alembic==1.20.1", "Zlib==1"]

    def test_the_lock_in_the_checkout_names_everything_that_pyproject_asks_for(self) -> None:
        import re
        import tomllib

        project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
        asked = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
        listed = (ROOT / "constraints.txt").read_text()
        locked = {_plain(line.split("==")[0]) for line in listed.splitlines() if "==" in line}
        wanted = {_plain(re.split(r"[\[<>=;! ]", one)[0]) for one in asked}
        assert wanted <= locked
        assert not {"torch", "triton", "openai-whisper", "earwitness"} & locked
        assert "scripts/bootstrap.py lock" in listed.splitlines()[0]


def _nothing(*_: object, **__: object) -> None:
    """Take anything, do nothing."""


def _plain(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")
