"""
Looking for quotes in transcripts: one durable step for each pair.

New spoken words are also what translations of the recording may rest on, so these are compared
again. A pair that was compared before by the same version of the rules is found again and not
compared twice, so a repeated step changes nothing. A quote that cannot be compared does
not stop the others.
"""

from collections.abc import Sequence
from functools import partial

from app.core.canonical import Json
from app.core.errors import CatalogError
from app.core.jobs import Run
from app.quotes import queries, reading_comparison, service
from app.transcripts import listening
from app.transcripts import queries as transcripts
from app.worker.sentences import scorer
from transcription.errors import TranscriptionError

Pair = tuple[str, str]
"""A quote's and a transcript's identifiers."""


def align(run: Run) -> dict[str, Json]:
    """
    Compare a transcript with the quotes of its recording, a quote with the transcripts, or what a
    listener heard with the quotes of its place.
    """
    if run.job.subject_kind == "reading":
        return {"readings": run.step("compare readings", partial(_readings, run))}
    if run.job.subject_kind == "quote":
        return _compare(run, _pairs_of_quote(run))
    with run.database.reading() as session:
        transcript = transcripts.get(session, run.job.subject_id)
        quotes = (
            queries.of_recording(session, transcript.recording_id)
            if queries.audio_held(session, transcript.recording_id)
            else []
        )
        beside = [transcript, *queries.translations_beside(session, transcript)]
        pairs = [(quote.id, each.id) for each in beside for quote in quotes]
    return _compare(run, pairs)


def align_recording(run: Run, recording_id: str) -> dict[str, Json]:
    """Compare every quote of a recording with every transcript in force, inside another job."""
    with run.database.reading() as session:
        pairs = [
            (quote.id, transcript.id)
            for quote in queries.of_recording(session, recording_id)
            for transcript in queries.transcripts_in_force(session, recording_id)
        ]
    return _compare(run, pairs)


def _readings(run: Run) -> Json:
    """How many quotes were compared with a reading that were not before."""
    with run.database.writing() as session:
        reading = listening.get(session, run.job.subject_id)
        quotes = queries.of_recording(session, reading.recording_id)
        return len(reading_comparison.compare_due(session, actor=run.actor, quotes=quotes))


def _pairs_of_quote(run: Run) -> list[Pair]:
    with run.database.reading() as session:
        quote = queries.get(session, run.job.subject_id)
        if quote.recording_id is None or not queries.audio_held(session, quote.recording_id):
            return []
        found = queries.transcripts_in_force(session, quote.recording_id)
        return [(quote.id, transcript.id) for transcript in found]


def _compare(run: Run, pairs: Sequence[Pair]) -> dict[str, Json]:
    # The pairs are a step too: a quote registered while a run was interrupted must not
    # change the order of the steps that were done before.
    fixed = run.step("pairs", lambda: [list(pair) for pair in pairs])
    assert isinstance(fixed, list)  # as the line above made it
    compared = 0
    for number, pair in enumerate(fixed, start=1):
        run.progress("comparing quotes", done=number - 1, total=len(fixed))
        assert isinstance(pair, list)  # likewise
        quote_id, transcript_id = (str(part) for part in pair)
        compared += bool(run.step("compare", partial(_align, run, quote_id, transcript_id)))
    return {"pairs": len(fixed), "compared": compared}


def _align(run: Run, quote_id: str, transcript_id: str) -> Json:
    """Compare one pair; `None` if the rules refuse it, for the quote's own page says why."""
    beside = scorer(run.settings)  # loaded before the transaction, which others wait for
    try:
        with run.database.writing() as session:
            made = service.align(
                session,
                actor=run.actor,
                quote=queries.get(session, quote_id),
                transcript=transcripts.get(session, transcript_id),
                scorer=beside,
            )
            return made.id
    except (CatalogError, TranscriptionError):
        return None
