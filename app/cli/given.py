"""Text that an argument names: a file, or standard input."""

import sys
from pathlib import Path

import typer


def text_of(file: str) -> str:
    """The UTF-8 text of a file, or of standard input for `-`; exits with 2 and the reason."""
    try:
        content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return content.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = "not UTF-8" if isinstance(error, UnicodeDecodeError) else error.strerror
        typer.echo(f"{file}: {reason}", err=True)
        raise typer.Exit(2) from error
