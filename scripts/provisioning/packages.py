"""
What pip installs, in the order that keeps the environment at 1.8 GB instead of 2.8 GB.

PyTorch comes first and alone, as its CPU build; openai-whisper comes without its dependencies,
because it asks for triton (1 GB), which only a GPU uses; the light things both need are listed here
or in pyproject.toml. Nothing in pyproject.toml depends on either, so no later step can bring a
second PyTorch in.
"""

import os
import platform
import sys
from pathlib import Path

from .environment import python_of
from .progress import SetUpFailed, StepFailed, command, step

TORCH = "2.13.0"
TORCH_CPU_INDEX = "https://download.pytorch.org/whl/cpu"
WHISPER = "20250625"
# What torch itself imports, and the setuptools that its metadata asks for.
TORCH_NEEDS = [
    "filelock",
    "typing-extensions",
    "sympy",
    "networkx",
    "fsspec",
    "jinja2",
    "setuptools>=77",
]
TORCH_CHOICES = ("cpu", "cuda", "skip")


def torch_choice() -> str:
    """Return what EARWITNESS_TORCH asks for."""
    choice = os.environ.get("EARWITNESS_TORCH", "cpu")
    if choice not in TORCH_CHOICES:
        raise SetUpFailed(f"EARWITNESS_TORCH is {choice!r}; it can be {', '.join(TORCH_CHOICES)}.")
    return choice


def install(root: Path, venv: Path, *, log: Path) -> None:
    """Install everything into `venv`; safe to repeat, and quick when most of it is there."""
    pip = [str(python_of(venv)), "-m", "pip", "install", "--disable-pip-version-check"]
    constrained = [*pip, "-c", str(root / "constraints.txt")]
    choice = torch_choice()
    if choice != "skip":
        _torch(pip, choice, log=log)
        with step("installing what PyTorch needs"):
            command([*constrained, *TORCH_NEEDS], what="install what PyTorch needs", log=log)
        with step(f"installing openai-whisper {WHISPER}"):
            whisper = f"openai-whisper=={WHISPER}"
            alone = [] if choice == "cuda" else ["--no-deps"]
            command([*constrained, *alone, whisper], what="install openai-whisper", log=log)
    with step("installing Earwitness and the parts it stands on"):
        command(
            [*constrained, "-e", f"{root}[dev]"],
            what="install the packages that pyproject.toml names",
            log=log,
        )


def _torch(pip: list[str], choice: str, *, log: Path) -> None:
    """
    Install PyTorch: the CPU build where there is one apart, else the index's own build.

    Only Linux has two builds. `--no-deps` matters in the first try: with dependencies pip asks
    the extra index for each of them, and again when it does not answer.
    """
    separate_cpu_build = sys.platform == "linux" and choice == "cpu"
    if sys.platform == "darwin" and platform.machine() == "x86_64":
        raise SetUpFailed(
            f"PyTorch {TORCH} has no build for Intel Macs. EARWITNESS_TORCH=skip sets up without "
            "Whisper; the English draft engine still works."
        )
    if separate_cpu_build:
        try:
            with step(f"installing PyTorch {TORCH} (CPU build, about 200 MB)"):
                words = ["--no-deps", "--retries", "1", f"torch=={TORCH}+cpu"]
                extra = ["--extra-index-url", TORCH_CPU_INDEX]
                command([*pip, *words, *extra], what="install PyTorch's CPU build", log=log)
        except StepFailed:
            print(f"  No CPU build could be had from {TORCH_CPU_INDEX}; trying the usual index.")
        else:
            return
    if sys.platform == "linux":
        print("  This build of PyTorch comes with its GPU libraries: several GB to fetch.")
    with step(f"installing PyTorch {TORCH}"):
        command([*pip, f"torch=={TORCH}"], what="install PyTorch", log=log)
