"""What an argument names: text in a file or on standard input, and audio that may refuse to be heard."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from transcription.transcript import Transcript


def text_of(file: str, *, exactly: bool = False, most_bytes: int | None = None) -> str:
    """
    The UTF-8 text of a file, or of standard input for `-`; exits with 2 and the reason.

    `exactly` keeps a byte order mark, so that places count every character. More than
    `most_bytes` are not read.
    """
    try:
        content = _content(file, -1 if most_bytes is None else most_bytes + 1)
        if most_bytes is None or len(content) <= most_bytes:
            return content.decode("utf-8" if exactly else "utf-8-sig")
        reason = f"longer than {most_bytes} bytes"
    except UnicodeDecodeError:
        reason = "not UTF-8"
    except OSError as error:
        reason = str(error.strerror)
    typer.echo(f"{file}: {reason}", err=True)
    raise typer.Exit(2)


def transcript_of(content: bytes, name: str, language: str | None = None) -> "Transcript":
    """
    The transcript in a file's content, of any format that is read; exits with 1, its `name` and the reason.

    In `language`, else as the file says, else by its letters.
    """
    from dataclasses import replace

    from transcription.errors import TranscriptionError
    from transcription.formats import detect, read
    from transcription.language import UNDETERMINED, by_letters

    try:
        found = read(content, format=detect(content), language=language)
    except TranscriptionError as error:
        typer.echo(f"{name}: {error}", err=True)
        raise typer.Exit(1) from error
    if found.language == UNDETERMINED:
        return replace(found, language=by_letters(found.text))
    return found


@contextmanager
def hearing(audio: Path) -> Iterator[None]:
    """Exits with 1 and the reason where `audio` cannot be heard or has no such channel."""
    from transcription.errors import TranscriptionError

    try:
        yield
    except TranscriptionError as error:
        typer.echo(f"{audio.name}: {error}", err=True)
        raise typer.Exit(1) from error
    except IndexError as error:
        typer.echo(f"{audio.name}: there is no {error}", err=True)
        raise typer.Exit(1) from error


def _content(file: str, size: int) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read(size)
    with Path(file).open("rb") as opened:
        return opened.read(size)
