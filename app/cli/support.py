"""`support`: whether the audio of a place bears out each word of a wording, or a rival one."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.given import hearing

if TYPE_CHECKING:
    from transcription.support import Support

MARKS = {"supported": "✓", "contradicted": "✗", "not_decidable": "?", "not_calibrated": "-"}


def support(
    audio: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)],
    wording: Annotated[str, typer.Argument(help="The words that are said to be spoken there.")],
    rivals: Annotated[
        list[str] | None, typer.Argument(help="Other published wordings of the same words.")
    ] = None,
    start: Annotated[
        float, typer.Option("--from", min=0, help="Where the words begin, in seconds.")
    ] = 0.0,
    end: Annotated[
        float | None, typer.Option("--to", min=0, help="Where they end; else the recording's end.")
    ] = None,
    engine: Annotated[
        str | None, typer.Option(help="whisper:small, whisper:/path/to.pt …; else the setting.")
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="Of the wording, such as ru; else by its letters.")
    ] = None,
    channel: Annotated[
        int | None, typer.Option(min=0, help="Hear one channel only, from 0; else all averaged.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """
    Ask of each word of WORDING whether AUDIO bears it out, word by word, against what else may be said.

    It is evidence for a listener, never a verdict and no probability.
    """
    from app.core.settings import settings

    name = engine or settings().engine
    if name is None:
        typer.echo("Name a Whisper model by --engine or EARWITNESS_ENGINE.", err=True)
        raise typer.Exit(2)
    with hearing(audio):
        document, found = _examined(
            audio,
            wording,
            tuple(rivals or ()),
            seconds=(start, end),
            engine=name,
            language=language,
            channel=channel,
        )
    if as_json:
        typer.echo(json.dumps(document, indent=2, ensure_ascii=False))
    else:
        _show(document, found)


def _examined(
    path: Path,
    wording: str,
    rivals: tuple[str, ...],
    *,
    seconds: tuple[float, float | None],
    engine: str,
    language: str | None,
    channel: int | None,
) -> tuple[dict[str, Any], "Support"]:
    from app.core.settings import settings
    from app.worker.recordings import limits
    from transcription import audio, engines
    from transcription import support as acoustic
    from transcription.language import by_letters
    from transcription.span import Span

    listener = acoustic.forcing(engines.load(engine, models_dir=settings().models_dir))
    with path.open("rb") as file:
        probe = audio.probe(file, limits(settings()))
        samples = audio.samples(file, limits(settings()), channel=channel)
    length_ms = len(samples) * 1000 // audio.SAMPLE_RATE_HZ
    start, end = seconds
    end_ms = length_ms if end is None else round(end * 1000)
    start_ms = round(start * 1000)
    if not start_ms < end_ms <= length_ms:
        typer.echo(
            f"{path.name}: --from {start:g} --to {end_ms / 1000:g} is no place in a recording of "
            f"{length_ms / 1000:g} s",
            err=True,
        )
        raise typer.Exit(2)
    spoken = language or by_letters(wording)
    found = acoustic.examine(
        listener,
        samples,
        wording,
        span=Span(start_ms, end_ms),
        language=spoken,
        rivals=rivals,
    )
    document = {
        "file": path.name,
        "language": spoken,
        "channel": channel,
        "pcm_sha256": probe.pcm_digest,
        "decoder": probe.container.decoder,
        "resampler": audio.RESAMPLER,
        "engine": listener.name,
        "version": listener.version,
        "model_sha256": listener.model_digest,
        "method": acoustic.METHOD,
        "method_version": acoustic.VERSION,
        "parameters": {**listener.parameters, **acoustic.parameters()},
        "calibration": acoustic.calibrated_on(listener.model_digest),
        "notice": " ".join(filter(None, (listener.notice, acoustic.LIMITS))),
        **found.as_data(),
    }
    return document, found


def _show(document: dict[str, Any], found: "Support") -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    table = Table("word", "", "audio adds", "strongest other", "quote ahead by")
    for word in found.words:
        rival = min(word.against, key=lambda one: max(one.ahead), default=None)
        other = "" if rival is None else rival.alternative.text or "(nothing)"
        ahead = "" if rival is None else " ".join(map(str, rival.ahead))
        state = f"{MARKS[word.state.value]} {word.state.value.replace('_', ' ')}"
        table.add_row(word.text, state, " ".join(map(str, word.gained)), other, ahead)
    console.print(table)
    for sentence in document["sentences"]:
        console.print(sentence)
    for number, one in enumerate(found.ranking, start=1):
        console.print(f"{number}. {one.text}", highlight=False)
    if found.decided is False:
        console.print("The first of these wordings does not lead by enough to be relied on.")
    if document["calibration"] is None:
        console.print("Not calibrated: nobody measured how far this model can be followed.")
    console.print(document["notice"], style="dim")
