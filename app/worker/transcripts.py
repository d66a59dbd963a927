"""
Listening: an engine hears a recording window by window, and the transcript is kept.

Every group of windows is a durable step (as many as the engine hears at once), so that a worker
that dies loses the group it was hearing and no more. What precedes the windows (decoding, cutting) gives the same result every time and
is simply done again. The transcript is bound to the digest of the samples that were heard,
and carries everything that pins its making.
"""

from functools import lru_cache, partial
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import structlog
from more_itertools import chunked

from app.core.canonical import Json
from app.core.digest import Digest
from app.core.jobs import Facts, Failed, Problem, Run, Waits
from app.core.jobs.run import Tools
from app.core.storage import Area
from app.recordings import queries as recordings
from app.recordings.models import MediaInstance
from app.transcripts import service
from app.transcripts.models import TranscriptKind
from app.worker.recordings import can_decode, limits, waits_for_sandbox
from transcription import audio
from transcription.errors import EngineUnavailable, SandboxUnavailable, Undecodable
from transcription.transcript import Transcript as Content

if TYPE_CHECKING:
    from transcription.engines import Engine, Samples, Window

log = structlog.get_logger("listening")

NO_ENGINE = (
    "No speech engine is chosen. Set EARWITNESS_ENGINE, for example to whisper:small with the "
    "weights in the models folder, or ask for pocketsphinx to get a draft of English. A "
    "transcript made elsewhere can be imported meanwhile."
)


def transcribe(run: Run) -> dict[str, Json]:
    """Transcribe the instance that the request fixed, with the engine it named."""
    with run.database.reading() as session:
        instance = recordings.get_instance(session, str(run.job.params["instance_id"]))
    run.progress("loading the engine")
    engine = _engine(run)
    run.progress("decoding")
    pinned = cast("dict[str, Json]", run.step("decode", partial(_pin, run, instance)))
    samples = _samples(run, instance)
    content = _listen(run, engine, samples)
    run.progress("keeping the transcript")
    return cast(
        "dict[str, Json]",
        run.step("keep", partial(_keep, run, instance, content, _derivation(engine, pinned))),
    )


def ready(facts: Facts, tools: Tools) -> bool:
    """Whether the engine that the job needs could be loaded here, now."""
    from transcription.engines import available

    name = facts.params.get("engine") or tools.settings.engine
    try:
        available(str(name), models_dir=tools.settings.models_dir)
    except EngineUnavailable:
        return False
    return can_decode(facts, tools)


def _engine(run: Run) -> "Engine":
    name = run.job.params.get("engine") or run.settings.engine
    if name is None:
        raise _waits(NO_ENGINE)
    try:
        return _loaded(str(name), run.settings.models_dir)
    except EngineUnavailable as error:
        raise _waits(str(error)) from error


@lru_cache(maxsize=1)
def _loaded(name: str, models_dir: Path | None) -> "Engine":
    """The engine of the last job stays loaded: loading a large model takes a minute."""
    from transcription.engines import load

    return load(name, models_dir=models_dir)


def _waits(detail: str) -> Waits:
    return Waits(Problem("weights-unavailable", "No engine can listen yet", detail))


def _pin(run: Run, instance: MediaInstance) -> Json:
    """The digest of the samples that are about to be heard, by the decoder that will be used."""
    try:
        with run.storage.open(Digest.parse(instance.sha256), area=Area.ORIGINALS) as original:
            probe = audio.probe(original, limits(run.settings))
    except SandboxUnavailable as error:
        raise waits_for_sandbox(error) from error
    except Undecodable as error:
        raise Failed(
            Problem("undecodable", "There is no audio to listen to", str(error.reason))
        ) from error
    return {"pcm_sha256": probe.pcm_digest, "decoder": probe.container.decoder}


def _samples(run: Run, instance: MediaInstance) -> "Samples":
    with run.storage.open(Digest.parse(instance.sha256), area=Area.ORIGINALS) as original:
        return audio.samples(original, limits(run.settings))


def _listen(run: Run, engine: "Engine", samples: "Samples") -> Content:
    found = engine.windows(samples)
    language = run.job.params.get("language")
    if language is None and found:
        language = run.step("language", partial(engine.detect_language, samples, found[0]))
    segments: list[Json] = []
    for number, group in enumerate(chunked(found, engine.batch)):
        run.progress("listening", done=number * engine.batch, total=len(found))
        heard = run.step(
            f"windows {number}", partial(_hear, run, engine, samples, group, str(language))
        )
        segments += cast("list[Json]", heard)
    return Content.of_data({"language": str(language or "und"), "segments": segments})


def _hear(
    run: Run, engine: "Engine", samples: "Samples", group: list["Window"], language: str
) -> Json:
    heard = engine.transcribe_windows(samples, group, language=language)
    log.info(
        "windows heard",
        job=run.job.id,
        start_ms=group[0].span.start_ms,
        end_ms=group[-1].span.end_ms,
    )
    segments: Json = Content(language, tuple(chain.from_iterable(heard))).as_data()["segments"]
    return segments


def _derivation(engine: "Engine", pinned: dict[str, Json]) -> dict[str, Any]:
    return {
        "engine": engine.name,
        "version": engine.version,
        "model_sha256": engine.model_digest,
        "parameters": dict(engine.parameters),
        "task": "transcribe",
        "input": {
            "pcm_sha256": pinned["pcm_sha256"],
            "decoder": pinned["decoder"],
            "av": version("av"),
            "resampler": audio.RESAMPLER,
            "sample_rate": audio.SAMPLE_RATE_HZ,
        },
        "notice": engine.notice,
    }


def _keep(run: Run, instance: MediaInstance, content: Content, derivation: dict[str, Any]) -> Json:
    with run.database.writing() as session:
        kept = service.keep(
            session,
            actor=run.actor,
            recording=recordings.get(session, instance.recording_id),
            content=content,
            kind=TranscriptKind.ASR,
            instance=instance,
            pcm_sha256=derivation["input"]["pcm_sha256"],
            derivation=derivation,
            job_id=run.job.id,
        )
        return {"transcript": kept.id, "segments": kept.segment_count, "words": kept.word_count}
