"""
`verify`: is what we hold still what we took in, and is the log still the log?

Numbered steps, each reported with its outcome and, where something is wrong, its place.
Nothing is repaired and nothing raises half-way: a court wants the whole list.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from app.core.settings import settings

SIGNS = {"proven": "✓", "failed": "✗", "not_checked": "–"}
SHOWN_PLACES = 20


def verify(
    as_json: Annotated[bool, typer.Option("--json", help="Print the checks as JSON.")] = False,
    key: Annotated[
        list[str] | None, typer.Option(help="Believe this signer's public key (C2SP vkey).")
    ] = None,
    checkpoint: Annotated[
        list[Path] | None,
        typer.Option(exists=True, help="A signed checkpoint that you kept elsewhere."),
    ] = None,
) -> None:
    """Replay the custody log and re-hash every stored file."""
    from app.core.errors import CatalogError
    from app.custody.note import VerifierKey
    from app.evidence.verification import everything

    try:
        keys = [VerifierKey.parse(text) for text in key or []]
    except CatalogError as error:
        raise typer.BadParameter(error.message, param_hint="--key") from error
    held = [path.read_text(encoding="utf-8") for path in checkpoint or []]
    checks = everything(settings(), keys=keys, held=held)
    failed = [check for check in checks if check.outcome == "failed"]
    if as_json:
        typer.echo(json.dumps([asdict(check) for check in checks], indent=2, default=str))
    else:
        _print(checks)
    raise typer.Exit(1 if failed else 0)


def _print(checks: Sequence[object]) -> None:
    from rich.console import Console

    console = Console()
    for check in checks:
        said = asdict(check)  # type: ignore[call-overload]  # a frozen dataclass, see custody
        colour = {"proven": "green", "failed": "bold red"}.get(said["outcome"], "yellow")
        console.print(
            f"[{colour}]{SIGNS[said['outcome']]} {said['step']:>2}[/] {said['claim']}",
            highlight=False,
        )
        if said["detail"]:
            console.print(
                f"      {said['detail']}",
                style="dim",
                highlight=False,
                markup=False,
                soft_wrap=True,
            )
        for place in said["places"][:SHOWN_PLACES]:
            console.print(
                f"      at {place}", style="red", highlight=False, markup=False, soft_wrap=True
            )
