"""
Cases drawn word by word: a text file of blocks, each a few fields and what is drawn for them.

`EARWITNESS_WRITE=1` writes the drawings anew; what changed is then read in the diff, word by word.
"""

import os
from dataclasses import dataclass
from pathlib import Path

GOLDEN = Path(__file__).with_name("golden")
WRITE = bool(os.environ.get("EARWITNESS_WRITE"))


@dataclass(frozen=True)
class Case:
    """One block of a file: its name, the fields given, and the drawing expected."""

    file: str
    name: str
    fields: dict[str, str]
    drawing: str

    def __str__(self) -> str:
        return f"{self.file}: {self.name}"


def cases(file: str, fields: tuple[str, ...]) -> list[Case]:
    """The cases of a file, each beginning with its name after a `# ` and then these fields."""
    text = (GOLDEN / file).read_text(encoding="utf-8")
    found = []
    for block in text.removeprefix("# ").rstrip("\n").split("\n\n# "):
        name, *lines = block.split("\n")
        given = dict(line.split(": ", 1) for line in lines[: len(fields)])
        assert tuple(given) == fields, name
        found.append(Case(file, name, given, "\n".join(lines[len(fields) :])))
    return found


def write(file: str, drawn: list[tuple[Case, str]]) -> None:
    """Put new drawings in the place of the old ones."""
    blocks = [
        "\n".join((f"# {case.name}", *(f"{k}: {v}" for k, v in case.fields.items()), drawing))
        for case, drawing in drawn
    ]
    (GOLDEN / file).write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
