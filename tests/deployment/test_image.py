"""The Dockerfile, held against what it copies and against the set-up that people run."""

import json
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
from provisioning import packages  # noqa: E402 - the set-up's modules are no package of ours

sys.path.pop(0)


@pytest.fixture(scope="module")
def dockerfile() -> str:
    return (ROOT / "Dockerfile").read_text()


@pytest.fixture(scope="module")
def last_stage(dockerfile: str) -> str:
    return re.split(r"^FROM ", dockerfile, flags=re.MULTILINE)[-1]


def test_image_and_set_up_take_the_same_torch_and_whisper(dockerfile: str) -> None:
    assert f'"torch=={packages.TORCH}+cpu"' in dockerfile
    assert packages.TORCH_CPU_INDEX in dockerfile
    assert f"openai-whisper=={packages.WHISPER}" in dockerfile
    listed = re.search(r"(filelock .*?) \\\n", dockerfile)
    assert listed
    assert listed[1].replace('"', "").split() == packages.TORCH_NEEDS


def test_the_image_runs_as_nobody_in_particular(last_stage: str) -> None:
    user = re.findall(r"^USER (\S+)", last_stage, flags=re.MULTILINE)
    assert user == ["earwitness"]
    assert last_stage.index("\nUSER ") < last_stage.index("\nCMD ")


def test_no_other_decoder_and_no_node_reach_the_image(last_stage: str) -> None:
    installed = " ".join(re.findall(r"apt-get install[^&]*", last_stage))
    assert "libseccomp2" in installed
    assert not re.search(r"ffmpeg|sox|node|npm|gcc|build-essential", installed)


def test_everything_that_is_copied_exists_and_is_not_left_out(dockerfile: str) -> None:
    left_out = (ROOT / ".dockerignore").read_text().split()
    for names in re.findall(r"^COPY (?!--from)(.+) \S+$", dockerfile, flags=re.MULTILINE):
        for name in names.split():
            assert (ROOT / name).exists(), name
            assert name not in left_out
    assert {"app/web/node_modules", "media", "secrets", ".git"} <= set(left_out)


def test_the_pages_are_built_by_a_script_that_exists(dockerfile: str) -> None:
    scripts = json.loads((ROOT / "app/web/package.json").read_text())["scripts"]
    assert set(re.findall(r"npm run (\w+)", dockerfile)) <= set(scripts)
    assert "static/dist" in scripts["build"]
