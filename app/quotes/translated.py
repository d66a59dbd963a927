"""
Comparing a quote with one transcript, and where that is a translation, with what was spoken.

The library does the comparing; here the transcripts that it needs are found and what came of
it is said. A translation that cannot be linked to spoken words is compared as it is, and
the reason why stands among the features.
"""

from sqlalchemy.orm import Session

from app.core.canonical import Json
from app.quotes import behind, queries
from app.quotes.footing import Footing
from app.quotes.models import Quote
from app.transcripts import queries as transcripts
from app.transcripts.models import Transcript
from transcription import alignment as aligner
from transcription.errors import Unlinkable
from transcription.linking.layers import layered
from transcription.transcript import Transcript as Content


def spoken_behind(session: Session, transcript: Transcript, on: Footing) -> Transcript | None:
    """The transcript of the words behind a translation; `None` where none is held or wanted."""
    if on is Footing.SPOKEN:
        return None
    in_force = queries.transcripts_in_force(session, transcript.recording_id)
    return behind.spoken(session, transcript, in_force)


def compare(
    session: Session, *, quote: Quote, transcript: Transcript, spoken: Transcript | None
) -> dict[str, Json]:
    """
    The data of an alignment, in three layers where the spoken words are known.

    Raises as `transcription.alignment.align` does.
    """
    content = transcripts.value(session, transcript)
    if spoken is not None:
        taught = behind.taught(session, transcript, spoken)
        try:
            found = layered(
                quote.exact,
                quote_language=quote.language,
                source=transcripts.value(session, spoken),
                translation=content,
                learned=taught.estimates,
                claimed_count=quote.claimed_count,
            ).as_data()
        except Unlinkable as error:
            return _said(_plain(quote, content), spoken_not_linked=str(error))
        return _said(
            found,
            spoken_transcript_id=spoken.id,
            spoken_sha256=spoken.content_sha256,
            links_learned_sha256=taught.sha256,
        )
    return _plain(quote, content)


def _plain(quote: Quote, content: Content) -> dict[str, Json]:
    return aligner.align(
        quote.exact,
        quote_language=quote.language,
        transcript=content,
        claimed_count=quote.claimed_count,
    ).as_data()


def _said(found: dict[str, Json], **features: Json) -> dict[str, Json]:
    known = found["features"]
    assert isinstance(known, dict)
    return {**found, "features": {**known, **features}}
