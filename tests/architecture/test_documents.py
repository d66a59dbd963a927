"""Documents that follow from the code are compared with it."""

import json
import os
import re
from pathlib import Path

from typer.testing import CliRunner

from app.cli import app as command_line
from app.core.database import Base
from app.core.settings import Settings
from app.custody.events import EventType
from app.main import build

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
OPENAPI = ROOT / "tests" / "contract" / "openapi.json"
WRITE = bool(os.environ.get("EARWITNESS_WRITE"))
SETTINGS = re.compile(r"(<!-- settings -->\n).*?(<!-- /settings -->)", re.DOTALL)

# The glossary's other words for what already has a name here.
SYNONYMS = {
    "article",
    "audit_trail",
    "clip",
    "dump",
    "ingest",
    "paper",
    "rating",
    "snippet",
    "upload_hash",
}


def test_the_readme_explains_every_setting() -> None:
    rows = ["| variable | default | what it decides |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = "" if field.default is None else f"`{field.default}`"
        rows.append(f"| `EARWITNESS_{name.upper()}` | {default} | {field.description} |")
    table = "\n".join(rows)
    text = README.read_text()
    expected = SETTINGS.sub(lambda found: f"{found[1]}{table}\n{found[2]}", text)
    if WRITE:
        README.write_text(expected)

    assert text == expected or WRITE


def test_the_api_is_the_one_that_is_checked_in(tmp_path: Path) -> None:
    document = build(Settings(data_dir=tmp_path)).openapi()
    spelled = json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    if WRITE:
        OPENAPI.write_text(spelled)

    assert OPENAPI.read_text() == spelled


def test_every_command_of_the_readme_exists() -> None:
    words = set(re.findall(r"earwitness (\w[\w-]*(?: \w[\w-]*)?)", README.read_text()))
    known = CliRunner().invoke(command_line, ["--help"]).output
    known += CliRunner().invoke(command_line, ["admin", "--help"]).output

    for word in words:
        for part in word.split():
            if part in {"admin", "ada"}:
                continue
            assert part in known, word
            if part != "admin":
                break


def test_no_table_or_column_goes_by_a_word_that_the_glossary_gave_up() -> None:
    names = {
        word
        for table in Base.metadata.tables.values()
        for name in (table.name, *(column.name for column in table.columns))
        for word in (name, *name.split("_"))
    }

    assert names & SYNONYMS == set()


def test_events_are_subject_and_action() -> None:
    for event in EventType:
        assert re.fullmatch(r"[a-z]+:[a-z]+(-[a-z]+)*", event.value), event


def test_every_event_is_recorded_by_some_verb() -> None:
    code = "\n".join(
        path.read_text()
        for path in (ROOT / "app").rglob("*.py")
        if path.name != "events.py" and "node_modules" not in path.parts
    )
    unused = [event.name for event in EventType if f"EventType.{event.name}" not in code]

    assert unused == []
