"""
Placing: the words of a transcript without times are found in its recording.

By the attention of a Whisper model, if the request names one or the house has one that knows the language and
follows the audio; else by synthetic voices. Which it was is kept with the times, and, where the house's own
model could not do it, why not. A model that was named and is not here is waited for, never replaced.

The child has the same words in the same segments and is of the same kind. Who or what wrote
the words stays as stated; `times` in its derivation says how the times came about. A text of which
no word could be placed makes no child: the job fails and says so.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from app.core.canonical import Json
from app.core.jobs import Facts, Failed, Problem, Run
from app.core.jobs.run import Tools
from app.core.settings import Settings
from app.recordings import queries as recordings
from app.recordings.models import MediaInstance
from app.transcripts import queries, service
from app.worker import engines, hearing
from app.worker.recordings import can_decode
from transcription import audio
from transcription.errors import EngineUnavailable, UnsupportedLanguage
from transcription.transcript import Transcript as Content

if TYPE_CHECKING:
    from transcription.activity import Samples
    from transcription.placing.attention import Aligner

NOT_PLACED = Problem(
    "not-placed",
    "No word could be placed",
    "The recording does not support this text anywhere better than the same sounds in another "
    "order. It may be the text of another recording, or the recording may be too short or too poor.",
)


def place(run: Run) -> dict[str, Json]:
    """Place the transcript that the job is about on the instance that the request fixed."""
    with run.database.reading() as session:
        content = queries.value(session, queries.get(session, run.job.subject_id))
        instance = recordings.get_instance(session, str(run.job.params["instance_id"]))
    run.progress("decoding")
    pinned = cast("dict[str, Json]", run.step("decode", partial(hearing.pinned, run, instance)))
    found = cast("dict[str, Any]", run.step("place", partial(_place, run, instance, content)))
    placed = Content.of_data(found["transcript"])
    run.progress("keeping the transcript")
    keep = partial(_keep, run, instance, placed, pinned, found["times"], found["notice"])
    return cast("dict[str, Json]", run.step("keep", keep))


def ready(facts: Facts, tools: Tools) -> bool:
    """Whether a model that was named could be loaded here, now, and the recording decoded."""
    here = facts.params.get("engine") is None or engines.ready(facts, tools)
    return here and can_decode(facts, tools)


def chosen(settings: Settings, language: str) -> "tuple[Aligner | None, str]":
    """The house's own model, if its attention can time this language; else `None`, and why not."""
    from transcription.placing.attention import able

    name = settings.engine or ""
    if not name.startswith("whisper:"):
        return None, "no Whisper model is set up here"
    if name.partition("+")[0] == "whisper:exercise":
        return None, "the exercise model is used only where it is named"
    try:
        return able(engines.loaded(name, settings.models_dir), language), ""
    except EngineUnavailable as error:
        return None, error.reason  # the rest names the operator's folders
    except UnsupportedLanguage as error:
        return None, str(error)


def placed_by(
    aligner: "Aligner | None",
    because: str,
    content: Content,
    samples: "Samples",
    *,
    told: Callable[[str], None],
) -> tuple[Content, dict[str, Any], str]:
    """The text with times, what made them, and what must be read beside them; by voices without a model."""
    from transcription.placing import attention, timing

    if aligner is None:
        placed = timing.timed(content, samples, told=told)
        made = {**timing.derivation(content.language), "because": because}
        return placed, made, f"Placed by synthetic voices. {timing.NOTICE}"
    placed = attention.timed(content, samples, aligner, told=told)
    by = f"Placed by the attention of {aligner.name}."
    notice = " ".join(filter(None, (by, aligner.notice, timing.NOTICE)))
    return placed, attention.derivation(aligner), notice


def _place(run: Run, instance: MediaInstance, content: Content) -> Json:
    aligner, because = _engine(run, content.language)
    samples = hearing.samples(run, instance)
    placed, times, notice = placed_by(aligner, because, content, samples, told=run.progress)
    return {"transcript": placed.as_data(), "times": times, "notice": notice}


def _engine(run: Run, language: str) -> "tuple[Aligner | None, str]":
    from transcription.placing.attention import able

    if run.job.params.get("engine") is None:
        return chosen(run.settings, language)
    run.progress("loading the engine")
    try:
        return able(engines.wanted(run), language), ""
    except (EngineUnavailable, UnsupportedLanguage) as error:
        raise Failed(
            Problem("engine-cannot-time", "This engine cannot do that", str(error))
        ) from error


def _keep(
    run: Run,
    instance: MediaInstance,
    placed: Content,
    pinned: dict[str, Json],
    times: dict[str, Json],
    notice: str,
) -> dict[str, Json]:
    found = sum(word.start_ms is not None for word in placed.words())
    if not found:
        raise Failed(NOT_PLACED)
    with run.database.writing() as session:
        parent = queries.get(session, run.job.subject_id)
        known = parent.derivation or {}
        made: dict[str, Any] = {
            **{name: known[name] for name in ("engine", "stated") if name in known},
            "times": {
                **times,
                "input": {
                    **pinned,
                    "resampler": audio.RESAMPLER,
                    "sample_rate": audio.SAMPLE_RATE_HZ,
                },
            },
            "notice": " ".join(filter(None, (parent.notice, notice))),
        }
        kept = service.keep(
            session,
            actor=run.actor,
            recording=recordings.get(session, parent.recording_id),
            content=placed,
            kind=parent.kind,
            instance=instance,
            parent=parent,
            pcm_sha256=str(pinned["pcm_sha256"]),
            derivation=made,
            job_id=run.job.id,
        )
        return {
            "transcript": kept.id,
            "words": kept.word_count,
            "placed": found,
            "method": times["method"],
        }
