"""Which function does which kind of job."""

from collections.abc import Mapping

from app.core.jobs import Handler, JobKind
from app.worker import indexing, placing, quotes, recordings, replay, reports, support, transcripts

HANDLERS: Mapping[JobKind, Handler] = {
    JobKind.IDENTIFY: Handler(recordings.identify, recordings.can_decode),
    JobKind.FIXITY: Handler(recordings.fixity),
    JobKind.TRANSCRIBE: Handler(transcripts.transcribe, transcripts.ready),
    JobKind.REPLAY: Handler(replay.replay, replay.ready),
    JobKind.PLACE: Handler(placing.place, placing.ready),
    JobKind.ALIGN: Handler(quotes.align),
    JobKind.INDEX: Handler(indexing.index),
    JobKind.EXTRACT: Handler(reports.extract, recordings.can_decode),
    JobKind.FETCH: Handler(reports.fetch),
    JobKind.SUPPORT: Handler(support.support, transcripts.ready),
}
