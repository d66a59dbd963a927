"""
Which engine does the hearing here, and waiting for one that is not here.

An engine that could not be loaded is not tried again until something changed in what it could
be loaded from: a file with the wrong digest is there, and would be read again for nothing.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.core.jobs import Facts, Problem, Run, Waits
from app.core.jobs.run import Tools
from app.core.settings import Settings
from transcription.errors import EngineUnavailable

if TYPE_CHECKING:
    from transcription.engines import Engine

NO_ENGINE = (
    "No speech engine is chosen. Set EARWITNESS_ENGINE, for example to whisper:small with the "
    "weights in the models folder, or ask for pocketsphinx to get a draft of English. A "
    "transcript made elsewhere can be imported meanwhile."
)
Seen = frozenset[tuple[str, int, int]]
"""The files that weights could be in: path, size, time of change in ns."""

_failed: dict[str, Seen] = {}
"""By job: what there was to load from when its engine could not be loaded in this process."""


@lru_cache(maxsize=1)
def loaded(name: str, models_dir: Path | None) -> "Engine":
    """The engine of the last job stays loaded: loading a large model takes a minute."""
    from transcription.engines import load

    return load(name, models_dir=models_dir)


def of_derivation(pins: Mapping[str, Any], settings: Settings) -> "Engine":
    """
    The engine that a transcript was made with: of the same model, by its digest.

    Names say no paths, so the operator's default and the models folder are looked at too.
    `EngineUnavailable` names the digest that is wanted and those that are here.
    """
    wanted, asked = pins["model_sha256"], str(pins["engine"])
    here: list[str] = []
    for name in dict.fromkeys(_candidates(asked, settings)):
        try:
            engine = loaded(name, settings.models_dir)
        except EngineUnavailable:
            continue
        if engine.model_digest == wanted:
            return engine
        here.append(str(engine.model_digest))
    raise EngineUnavailable(
        asked,
        reason=f"its model {wanted} is not here" + (f", but {', '.join(here)}" if here else ""),
        remedy=f"Put the weights with that digest into {folder(settings)}, or name their file "
        "in EARWITNESS_ENGINE.",
    )


def named(facts: Facts, settings: Settings) -> str | None:
    """The engine that the request named, or the operator's, under the variant that was asked for."""
    name, variant = facts.params.get("engine") or settings.engine, facts.params.get("variant")
    return f"{name}+{variant}" if name and variant else str(name) if name else None


def wanted(run: Run) -> "Engine":
    """The engine of a job, loaded; `Waits` says what is missing and where."""
    name = named(run.job, run.settings)
    if name is None:
        raise waits_for(run.job, run.settings, NO_ENGINE)
    try:
        return loaded(name, run.settings.models_dir)
    except EngineUnavailable as error:
        raise waits_for(run.job, run.settings, error) from error


def ready(facts: Facts, tools: Tools) -> bool:
    """Whether the engine that a job wants could be loaded here, now."""
    from transcription.engines import available

    name = named(facts, tools.settings)
    try:
        available(str(name), models_dir=tools.settings.models_dir)
    except EngineUnavailable:
        return False
    return worth_trying(facts, tools.settings)


def waits_for(facts: Facts, settings: Settings, error: EngineUnavailable | str) -> Waits:
    """The job can go on when there is an engine; the error says what is missing and where."""
    _failed[facts.id] = _seen(settings)
    return Waits(Problem("weights-unavailable", "No engine can listen yet", str(error)))


def worth_trying(facts: Facts, settings: Settings) -> bool:
    """Whether anything changed since this process could not load the job's engine."""
    return _failed.get(facts.id) != _seen(settings)


def folder(settings: Settings) -> Path:
    """Where Whisper's weights are looked for."""
    from transcription.engines.whisper import weights

    return settings.models_dir or weights.cache_dir() / "whisper"


def _candidates(asked: str, settings: Settings) -> Iterator[str]:
    kind, _, rest = asked.partition(":")
    _, plus, variants = rest.partition("+")
    yield asked
    if settings.engine:
        yield f"{settings.engine}{plus}{variants}"
        yield settings.engine
    if kind == "whisper":
        yield f"whisper:{folder(settings) / rest}"


def _seen(settings: Settings) -> Seen:
    files = list(folder(settings).glob("*")) if folder(settings).is_dir() else []
    if settings.engine:
        files.append(Path(settings.engine.partition(":")[2].partition("+")[0]))
    return frozenset(
        (str(file), file.stat().st_size, file.stat().st_mtime_ns)
        for file in files
        if file.is_file()
    )
