"""
`make bench`: measure, print a table, and say of each figure whether its bar was met.

Ends with status 1 when a bar was missed. Everything is made in one temporary folder, which
is removed at the end.
"""

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench import (
    decoding,
    evidence_record,
    links,
    placing,
    quotes,
    reading,
    report_page,
    search,
    support,
    transcription,
    upload,
)
from bench.figure import Figure

MIB = 1 << 20
ROOM = 4
SUBJECTS = (
    "upload",
    "record",
    "report",
    "decoding",
    "placing",
    "quotes",
    "links",
    "reading",
    "search",
    "transcription",
    "support",
)


def main(arguments: list[str]) -> int:
    """Measure what was asked for; 1 if a bar was missed."""
    chosen = _options().parse_args(arguments)
    size = chosen.size * MIB
    told = Console(stderr=True)
    with tempfile.TemporaryDirectory(prefix="earwitness-bench-", dir=chosen.folder) as name:
        folder = Path(name)
        if "upload" in chosen.only and shutil.disk_usage(folder).free < ROOM * size:
            told.print(f"{folder} needs {ROOM * chosen.size} MiB free; give a --folder or --size.")
            return 2
        subjects: dict[str, Callable[[], list[Figure]]] = {
            "upload": lambda: upload.figures(folder, size=size, pairs=chosen.pairs),
            "record": lambda: evidence_record.figures(folder, requests=chosen.requests),
            "report": lambda: report_page.figures(folder),
            "transcription": lambda: transcription.figures(
                seconds=chosen.seconds, turns=chosen.turns
            ),
            "decoding": lambda: decoding.figures(folder),
            "placing": placing.figures,
            "reading": reading.figures,
            "support": lambda: support.figures(phrases=chosen.phrases),
            "links": links.figures,
            "search": lambda: search.figures(folder, millions=chosen.words, real=chosen.text),
            "quotes": lambda: quotes.figures(text=chosen.text, count=chosen.quotes),
        }
        found: list[Figure] = []
        for subject in chosen.only:
            told.print(f"Measuring: {subject}", style="dim")
            found += subjects[subject]()
    if chosen.json:
        print(json.dumps({"figures": [figure.document() for figure in found]}, indent=2))
    else:
        _show(found)
    return 1 if any(figure.met is False for figure in found) else 0


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--size", type=int, default=1024, help="MiB to upload (1024)")
    parser.add_argument("--pairs", type=int, default=2, help="turns of each way in (2)")
    parser.add_argument("--requests", type=int, default=600, help="requests of each turn (600)")
    parser.add_argument("--seconds", type=int, default=600, help="of speech to transcribe (600)")
    parser.add_argument("--turns", type=int, default=1, help="turns of transcribing each way (1)")
    parser.add_argument("--phrases", type=int, default=60, help="with a word exchanged (60)")
    parser.add_argument("--quotes", type=int, default=60, help="quotes to look for (60)")
    parser.add_argument(
        "--words",
        type=float,
        nargs="+",
        default=search.SIZES,
        help="millions of words to search (1 4.5 27)",
    )
    parser.add_argument("--text", type=Path, help="folder of real speech as .txt, for quotes")
    parser.add_argument("--only", nargs="+", choices=SUBJECTS, default=SUBJECTS)
    parser.add_argument("--folder", type=Path, help="where to work (the system's temporary one)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    return parser


def _show(found: list[Figure]) -> None:
    table = Table(title="Measured in one run")
    for heading in ("Figure", "Measured", "Bar", "Met"):
        table.add_column(heading, justify="left" if heading == "Figure" else "right")
    for figure in found:
        bar = "" if figure.bar is None else f"{figure.bound} {figure.bar:g} {figure.unit}"
        met = {True: "yes", False: "NO", None: ""}[figure.met]
        table.add_row(figure.name, f"{figure.value:.2f} {figure.unit}", bar, met)
    console = Console()
    console.print(table)
    for figure in found:
        facts = ", ".join(f"{name} {value}" for name, value in figure.facts.items())
        console.print(f"  {figure.name}: {facts}", style="dim", highlight=False)


sys.exit(main(sys.argv[1:]))
