"""
Hearing a recording: decoded, cut into windows, one durable step for each group of them.

What precedes the windows (decoding, cutting) gives the same result every time and is simply
done again after a crash. What pins the hearing is a step of its own before the first window:
a worker that takes over with another engine, model or decoder would mix two hearings in one
transcript, so it starts anew instead.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Protocol, cast

import structlog
from more_itertools import chunked

from app.core.canonical import Json
from app.core.jobs import Failed, Problem, Waits
from app.core.jobs.run import Step
from app.recordings.models import MediaInstance
from app.worker import hearing
from app.worker.derivation import derivation
from transcription.flags import flagged
from transcription.transcript import Transcript as Content

if TYPE_CHECKING:
    from transcription.engines import Engine, Samples, Task, Window

log = structlog.get_logger("listening")

UNDETERMINED = "und"
INTO = "en"
CHANGED = Problem(
    "engine-changed",
    "Another engine went on",
    "The worker that took over has another engine, model or decoder; all is heard anew.",
)


class Work(hearing.House, Protocol):
    """What hearing needs besides: durable steps, and somebody to tell how far it is."""

    def step(self, name: str, step: Step) -> Json:
        """Do a step, or give back what it gave before a crash."""

    def progress(self, stage: str, *, done: int = 0, total: int | None = None) -> None:
        """Tell people how far it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """
    What is to be heard: bytes, task, language (`None`: detected), channel (`None`: mixed).

    `cut` gives the windows that the engine is to hear, from the samples. `parent` says of which transcript this is a translation or a retry.
    """

    instance: MediaInstance
    task: "Task"
    language: str | None
    channel: int | None
    cut: "Callable[[Samples, Engine], Sequence[Window]]"
    parent: dict[str, Json] | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """What came out, and what pins it."""

    content: Content
    derivation: dict[str, Json]


def whole(samples: "Samples", engine: "Engine") -> "Sequence[Window]":
    """All of a recording that may be speech, as the engine likes to hear it."""
    return engine.windows(samples)


def hear(work: Work, engine: "Engine", plan: Plan, *, named: str) -> Heard:
    """
    Hear what is planned; `named` says in the log whose windows these are.

    Raises `Failed` where it can never be done (no audio, no such channel, an engine that
    cannot translate or does not know the language) and `Waits` where it cannot be done now.
    """
    _refuse_unable(engine, plan)
    work.progress("decoding")
    decoded = cast(
        "dict[str, Json]", work.step("decode", partial(hearing.pinned, work, plan.instance))
    )
    samples = hearing.samples(work, plan.instance, channel=plan.channel)
    windows = plan.cut(samples, engine)
    language = plan.language
    if language is None and windows:
        work.progress("naming the language")
        language = str(work.step("language", partial(engine.detect_language, samples, windows[0])))
    _refuse_unknown(engine, plan, language)
    pins = derivation(
        engine,
        task=plan.task,
        language=language or UNDETERMINED,
        detected=plan.language is None,
        channel=plan.channel,
        windows=windows,
        decoded=decoded,
        parent=plan.parent,
    )
    if work.step("pin", lambda: pins) != pins:
        raise Waits(CHANGED)
    segments: list[Json] = []
    for number, group in enumerate(chunked(windows, engine.batch)):
        work.progress("listening", done=number * engine.batch, total=len(windows))
        heard = work.step(
            f"windows {number}",
            partial(_group, engine, samples, group, plan.task, str(language), named),
        )
        segments += cast("list[Json]", heard)
    written = INTO if plan.task.value == "translate" else language or UNDETERMINED
    content = Content.of_data({"language": written, "segments": segments})
    return Heard(flagged(content, samples), pins)


def _group(
    engine: "Engine",
    samples: "Samples",
    group: "Sequence[Window]",
    task: "Task",
    language: str,
    named: str,
) -> Json:
    heard = engine.transcribe_windows(samples, group, language=language, task=task)
    log.info(
        "windows heard",
        job=named,
        start_ms=group[0].span.start_ms,
        end_ms=group[-1].span.end_ms,
    )
    segments: Json = Content(language, tuple(chain.from_iterable(heard))).as_data()["segments"]
    return segments


def _refuse_unable(engine: "Engine", plan: Plan) -> None:
    if plan.task not in engine.tasks:
        raise Failed(
            Problem(
                "task-unsupported",
                "This engine cannot do that",
                f"{engine.name} does not {plan.task.value}. Ask for a multilingual Whisper model "
                "other than turbo.",
            )
        )


def _refuse_unknown(engine: "Engine", plan: Plan, language: str | None) -> None:
    if language is not None and language not in engine.languages:
        raise Failed(
            Problem(
                "unsupported-language",
                "This engine does not know the language",
                f"{engine.name} does not know {language!r}.",
            )
        )
    if language == INTO and plan.task.value == "translate":
        raise Failed(
            Problem(
                "nothing-to-translate",
                "What is said is English already",
                f"{engine.name} named the language of the first window: {language}.",
            )
        )
