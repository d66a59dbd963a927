"""The proportions of the house: small modules, documented, named after what they are."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = sorted(
    path
    for folder in ("app", "transcription", "migrations", "scripts", "bench")
    for path in (ROOT / folder).rglob("*.py")
    if "node_modules" not in path.parts
)
MAX_LINES = 300
FORBIDDEN_NAMES = {"utils", "helpers", "common", "base", "manager", "misc"}


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
class TestEveryModule:
    def test_is_at_most_300_lines(self, path: Path) -> None:
        assert len(path.read_text().splitlines()) <= MAX_LINES

    def test_says_what_it_and_its_public_parts_are_for(self, path: Path) -> None:
        tree = ast.parse(path.read_text())
        silent = [] if ast.get_docstring(tree) else ["module"]
        silent += [
            node.name
            for node in tree.body
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
            and not node.name.startswith("_")
            and not ast.get_docstring(node)
            and path.parent.name != "versions"
        ]
        assert not silent

    def test_has_a_name_that_says_something(self, path: Path) -> None:
        assert path.stem not in FORBIDDEN_NAMES


def test_half_of_all_modules_are_shorter_than_150_lines() -> None:
    lengths = sorted(len(path.read_text().splitlines()) for path in CODE)

    assert lengths[len(lengths) // 2] < 150


def test_the_words_a_machine_may_not_use_of_a_recording_are_not_among_its_labels() -> None:
    forbidden = re.compile(r"\b(authentic|genuine|fake|tampered|manipulated|verified|proves)\b")
    labels: list[str] = []
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef) and any(
                isinstance(base, ast.Name) and base.id == "StrEnum" for base in node.bases
            ):
                labels += [
                    f"{path.name}:{item.value.value}"
                    for item in node.body
                    if isinstance(item, ast.Assign)
                    and isinstance(item.value, ast.Constant)
                    and forbidden.search(str(item.value.value))
                ]

    assert labels == []


def test_every_folder_of_the_top_says_what_it_is_for() -> None:
    for folder in ("app", "app/custody", "transcription", "media", "tests", "bench"):
        assert (ROOT / folder / "README.md").is_file(), folder


def test_git_holds_no_evidence_and_nothing_large() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    files = [ROOT / name for name in listed if name]

    assert [path for path in files if path.parts[-2:-1] == ("media",)] == [
        ROOT / "media/README.md"
    ]
    assert [path.name for path in files if path.exists() and path.stat().st_size > 6_000_000] == []
