"""
Placing: the words of a transcript without times are found in its recording.

The child has the same words in the same segments and is of the same kind. Who or what wrote
the words stays as stated; `times` in its derivation says how the times came about. A text of which
no word could be placed makes no child: the job fails and says so.
"""

from functools import partial
from typing import Any, cast

from app.core.canonical import Json
from app.core.jobs import Failed, Problem, Run
from app.recordings import queries as recordings
from app.recordings.models import MediaInstance
from app.transcripts import queries, service
from app.worker import hearing
from transcription import audio
from transcription.transcript import Transcript as Content

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
    placed = Content.of_data(run.step("place", partial(_place, run, instance, content)))
    run.progress("keeping the transcript")
    return cast("dict[str, Json]", run.step("keep", partial(_keep, run, instance, placed, pinned)))


def _place(run: Run, instance: MediaInstance, content: Content) -> Json:
    from transcription.placing.timing import timed

    placed: Json = timed(content, hearing.samples(run, instance), told=run.progress).as_data()
    return placed


def _keep(
    run: Run, instance: MediaInstance, placed: Content, pinned: dict[str, Json]
) -> dict[str, Json]:
    from transcription.placing.timing import NOTICE, derivation

    found = sum(word.start_ms is not None for word in placed.words())
    if not found:
        raise Failed(NOT_PLACED)
    with run.database.writing() as session:
        parent = queries.get(session, run.job.subject_id)
        known = parent.derivation or {}
        made: dict[str, Any] = {
            **{name: known[name] for name in ("engine", "stated") if name in known},
            "times": {
                **derivation(placed.language),
                "input": {
                    **pinned,
                    "resampler": audio.RESAMPLER,
                    "sample_rate": audio.SAMPLE_RATE_HZ,
                },
            },
            "notice": " ".join(filter(None, (parent.notice, NOTICE))),
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
        return {"transcript": kept.id, "words": kept.word_count, "placed": found}
