"""
The operator's verbs: serve, work, sign, demo, acquire, transcribe, place, align, quotes, support,
verify, transcripts, models, admin.

Each verb is a small module beside this one. Heavy parts are imported inside the verb that
needs them, so that `earwitness --help` is quick.
"""

import typer

from app.cli import (
    acquisition,
    administration,
    alignment,
    demonstration,
    models,
    placing,
    quoting,
    replaying,
    serving,
    support,
    transcription,
    verification,
)

app = typer.Typer(
    name="earwitness",
    help="An audio intercept evidence catalog.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.command("serve")(serving.serve)
app.command("work")(serving.work)
app.command("sign")(serving.sign)
app.command("demo")(demonstration.demo)
app.command("acquire")(acquisition.acquire)
app.command("transcribe")(transcription.transcribe)
app.command("verify")(verification.verify)
app.command("place")(placing.place)
app.command("align")(alignment.align)
app.command("quotes")(quoting.quotes)
app.command("support")(support.support)
app.add_typer(replaying.app, name="transcripts")
app.add_typer(models.app, name="models")
app.add_typer(administration.app, name="admin")


def main() -> None:
    """Run the command line."""
    app()
