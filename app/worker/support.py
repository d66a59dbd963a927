"""
Acoustic support: an engine is asked of each word of an aligned quote, whether the audio bears it out.

What will be asked (pieces of the quote, what the transcript has there, rival publications) is fixed in the first
step; each piece is a durable step of its own. The row is pinned to samples, model, method and all of
that, and changes no verdict.
"""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, cast

import structlog
from sqlalchemy.orm import Session

from app.core.canonical import Json
from app.core.jobs import Failed, Problem, Run, Waits
from app.quotes import queries, supports
from app.quotes.models import Alignment
from app.recordings import queries as recordings
from app.transcripts import queries as transcripts
from app.worker import engines, hearing
from app.worker.derivation import environment
from app.worker.listening import CHANGED
from transcription import audio
from transcription.errors import EngineUnavailable, TextTooLong
from transcription.span import Span
from transcription.transcript import Word

if TYPE_CHECKING:
    from transcription.engines import Samples
    from transcription.support import Whole
    from transcription.support.pieces import Piece

log = structlog.get_logger("support")

MOST_PLACES = 50
"""More pieces than this are not asked about in one job; how many were left out is kept."""
NEAR_WORDS = 1
"""Two quotes are rivals at a place if neither end lies further apart than so many words."""


def support(run: Run) -> dict[str, Json]:
    """Ask about every place of the alignment that the job is about."""
    params = run.job.params
    with run.database.reading() as session:
        alignment = queries.get_alignment(session, run.job.subject_id)
        quote = queries.get(session, alignment.quote_id)
        transcript = transcripts.get(session, alignment.transcript_id)
        words = tuple(transcripts.value(session, transcript).words())
        instance = recordings.get_instance(session, str(params["instance_id"]))
    run.progress("loading the engine")
    engine = _able(engines.wanted(run), quote.language)
    run.progress("decoding")
    pinned = cast("dict[str, Json]", run.step("decode", partial(hearing.pinned, run, instance)))
    if transcript.pcm_sha256 not in {None, pinned["pcm_sha256"]}:
        raise Failed(OTHER_SAMPLES)
    asked = cast(
        "list[dict[str, Any]]",
        run.step("places", partial(_asked, run, alignment, quote.exact, words, engine.window_ms)),
    )
    channel = params.get("channel")
    pins = _pins(engine, quote.language, channel, pinned, asked)
    if run.step("pin", lambda: pins) != pins:
        raise Waits(CHANGED)
    samples = hearing.samples(run, instance, channel=cast("int | None", channel))
    places = []
    for number, place in enumerate(asked[:MOST_PLACES]):
        run.progress("listening to the words", done=number, total=len(asked[:MOST_PLACES]))
        ask = partial(_place, engine, samples, place, words, quote.language, run.job.id)
        places.append({**place, "support": run.step(f"place {number}", ask)})
    run.progress("keeping what was found")
    keep = partial(_keep, run, alignment, places, pins)
    return cast("dict[str, Json]", run.step("keep", keep))


OTHER_SAMPLES = Problem(
    "samples-differ",
    "The decoder gives other samples",
    "The times of the transcript refer to other samples than the decoder gives here today, so nobody "
    "knows where to listen. Have the recording transcribed again.",
)


def _able(
    engine: Any, language: str
) -> "Whole":  # any engine; the answer is one that can be forced
    from transcription.support import UNSPACED, forcing

    try:
        able = forcing(engine)
    except EngineUnavailable as error:
        raise Failed(
            Problem("engine-cannot-force", "This engine cannot do that", str(error))
        ) from error
    if language not in able.languages or language in UNSPACED:
        raise Failed(
            Problem(
                "unsupported-language",
                "This engine does not know the language",
                f"{able.name} cannot be asked about words in {language!r}.",
            )
        )
    return able


def _asked(
    run: Run, alignment: Alignment, exact: str, words: Sequence[Word], longest_ms: int
) -> Json:
    """The pieces to ask about, with the transcript's words and the rival wordings of each."""
    from transcription.support.pieces import pieces

    with run.database.reading() as session:
        others = _others(session, alignment, words)
    found: list[Json] = []
    for number, occurrence in enumerate(alignment.occurrences):
        parts = pieces(exact, occurrence["operations"], words, longest_ms=longest_ms)
        for piece in parts:
            beside = others if len(parts) == 1 else []
            found.append(_told(number, piece, beside))
    return found


def _others(
    session: Session, alignment: Alignment, words: Sequence[Word]
) -> "list[tuple[str, Piece]]":
    """Each place of each rival quote that is a single piece, with the quote's identifier."""
    from transcription.support.pieces import whole

    return [
        (quote.id, piece)
        for quote, other in supports.rivals(session, alignment)
        for occurrence in other.occurrences
        if (piece := whole(quote.exact, occurrence["operations"], words)) is not None
    ]


def _told(number: int, piece: "Piece", others: "Sequence[tuple[str, Piece]]") -> dict[str, Json]:
    beside: list[Json] = [
        {"quote": quote_id, "text": other.text}
        for quote_id, other in others
        if abs(other.first_word - piece.first_word) <= NEAR_WORDS
        and abs(other.last_word - piece.last_word) <= NEAR_WORDS
    ]
    return {
        "occurrence": number,
        "quoted": piece.text,
        "quote_start": piece.start,
        "quote_end": piece.end,
        "first_word": piece.first_word,
        "last_word": piece.last_word,
        "heard": piece.heard,
        "start_ms": piece.span.start_ms if piece.span else None,
        "end_ms": piece.span.end_ms if piece.span else None,
        "rivals": beside,
    }


def _place(
    engine: "Whole",
    samples: "Samples",
    place: dict[str, Any],
    words: Sequence[Word],
    language: str,
    named: str,
) -> Json:
    """What was found for one piece; `None` where it has no times or is too long to be asked about."""
    from transcription.support import examine

    if place["start_ms"] is None:
        return None
    around = [*words[: place["first_word"]], *words[place["last_word"] + 1 :]]
    try:
        found = examine(
            engine,
            samples,
            place["quoted"],
            span=Span(place["start_ms"], place["end_ms"]),
            language=language,
            heard=place["heard"],
            rivals=[rival["text"] for rival in place["rivals"]],
            context=around,
        )
    except TextTooLong:
        return None
    log.info("place asked about", job=named, start_ms=place["start_ms"], end_ms=place["end_ms"])
    data: Json = found.as_data()
    return data


def _pins(
    engine: "Whole",
    language: str,
    channel: Json,
    decoded: dict[str, Json],
    asked: Sequence[dict[str, Json]],
) -> dict[str, Json]:
    """Everything that bears on the numbers and states."""
    from transcription.support import LIMITS, METHOD, VERSION, calibrated_on, parameters

    return {
        "engine": engine.name,
        "version": engine.version,
        "model_sha256": engine.model_digest,
        "parameters": {**engine.parameters, **parameters()},
        "method": METHOD,
        "method_version": VERSION,
        "calibration": calibrated_on(engine.model_digest),
        "language": language,
        "places_left_out": max(0, len(asked) - MOST_PLACES),
        "input": {
            **decoded,
            "channel": channel,
            "resampler": audio.RESAMPLER,
            "sample_rate": audio.SAMPLE_RATE_HZ,
        },
        "environment": environment(),
        "notice": " ".join(filter(None, (engine.notice, LIMITS))),
    }


def _keep(
    run: Run, alignment: Alignment, places: Sequence[dict[str, Json]], pins: dict[str, Json]
) -> Json:
    with run.database.writing() as session:
        kept = supports.keep(
            session,
            actor=run.actor,
            alignment=alignment,
            places=places,
            derivation=pins,
            calibrated=pins["calibration"] is not None,
            job_id=run.job.id,
        )
        answered = sum(place["support"] is not None for place in places)
        return {"support": kept.id, "places": len(places), "answered": answered}
