"""
Finding a quote in every transcript of one's cases.

Asked by POST, because words that are looked for must not stand in an address or a log; nothing is
kept of it. What is found names words of transcripts, so it asks for the same permission as reading one.
"""

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import Field

from app.accounts.permissions import Permission
from app.api.wire import Wire
from app.cases.caller import Caller
from app.http.caller import allowed
from app.http.transactions import Reading
from app.quotes import annotation
from app.quotes.footing import Footing
from app.recordings import queries as recordings
from app.search import queries
from app.search.places import Place
from app.search.queries import DEFAULT_LIMIT, MAX_LIMIT
from app.search.scope import Scope, Searched
from app.transcripts.models import TranscriptKind
from transcription.alignment import METHOD, VERSION, Verdict

router = APIRouter(tags=["searches"])
Seeking = Annotated[Caller, allowed(Permission.TRANSCRIPT_READ)]


class SearchIn(Wire):
    """
    Words as published and their language, in which they are looked for.

    Without `case_id` and `recording_id`: in all of the caller's cases. `superseded` also looks in
    versions that a correction replaced.
    """

    quote: str
    language: str
    case_id: str | None = None
    recording_id: str | None = None
    superseded: bool = False
    limit: int = Field(default=DEFAULT_LIMIT, ge=1, le=MAX_LIMIT)


class PlaceOut(Wire):
    """
    Where the quote, or something close to it, stands in one version of a transcript.

    Times are null where the version has none; `page` is the address of the recording cued to the place.
    The verdict is a proposal. Without held audio it says so and `score_permille` is null.
    """

    case_id: str
    recording_id: str
    transcript_id: str
    transcript_kind: TranscriptKind
    rests_on: Footing
    start_ms: int | None
    end_ms: int | None
    fragment: str | None
    page: str
    first_word: int
    last_word: int
    verdict: Verdict
    score_permille: int | None
    reasons: list[str]
    operations: list[dict[str, Any]]

    @classmethod
    def of(cls, place: Place) -> "PlaceOut":
        """Shape a place."""
        transcript, occurrence = place.transcript, place.occurrence
        return cls(
            case_id=transcript.case_id,
            recording_id=transcript.recording_id,
            transcript_id=transcript.id,
            transcript_kind=transcript.kind,
            rests_on=place.rests_on,
            start_ms=occurrence["start_ms"],
            end_ms=occurrence["end_ms"],
            fragment=annotation.fragment(occurrence),
            page=place.page,
            first_word=occurrence["first_word"],
            last_word=occurrence["last_word"],
            verdict=Verdict(occurrence["verdict"]),
            score_permille=occurrence["score_permille"],
            reasons=occurrence["reasons"],
            operations=occurrence["operations"],
        )


class SearchedOut(Wire):
    """
    What was looked through: versions in the quote's language, how many are translations, their words.

    `other_languages` counts versions, by language, with which the quote cannot be compared; `waiting`
    those that are not in the index yet.
    """

    language: str
    transcripts: int
    translations: int
    words: int
    other_languages: dict[str, int]
    waiting: int

    @classmethod
    def of(cls, searched: Searched) -> "SearchedOut":
        """Shape it."""
        return cls(**{name: getattr(searched, name) for name in cls.model_fields})


class FoundOut(Wire):
    """
    Places, the best first.

    `complete` is false where more looked alike than one search compares or gives: name a case, a
    recording or more of the quote.
    """

    places: list[PlaceOut]
    complete: bool
    searched: SearchedOut
    method: str = METHOD
    version: str = VERSION


@router.post("/searches")
def search(body: SearchIn, session: Reading, caller: Seeking) -> FoundOut:
    """Find a quote in every transcript that the caller may read."""
    if body.case_id is not None:
        caller.require(Permission.TRANSCRIPT_READ, body.case_id, thing="case")
    if body.recording_id is not None:
        recording = recordings.get(session, body.recording_id)
        caller.require(Permission.TRANSCRIPT_READ, recording.case_id, thing="recording")
    cases = caller.cases_with(Permission.TRANSCRIPT_READ)
    found = queries.search(
        session,
        quote=body.quote,
        language=body.language,
        scope=Scope(
            case_ids=cases if body.case_id is None else {body.case_id},
            recording_id=body.recording_id,
            superseded=body.superseded,
        ),
        limit=body.limit,
    )
    return FoundOut(
        places=[PlaceOut.of(place) for place in found.places],
        complete=found.complete,
        searched=SearchedOut.of(found.searched),
    )
