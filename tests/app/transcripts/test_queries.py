"""What is kept is read again exactly, and what is altered behind our backs is found."""

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.core.actor import Actor
from app.core.database import Database
from app.recordings.models import Recording
from app.transcripts import queries
from app.transcripts.models import SegmentRow, Transcript
from transcription.transcript import Flag, Segment, Word
from transcription.transcript import Transcript as Content

from .conftest import keep

texts = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), min_size=1, max_size=20
)
moments = st.none() | st.integers(0, 10**7)
contents = st.builds(
    Content,
    language=st.sampled_from(["en", "ru", "uk", "und"]),
    segments=st.lists(
        st.builds(
            Segment,
            text=texts,
            start_ms=moments,
            end_ms=moments,
            words=st.lists(
                st.builds(Word, text=texts, start_ms=moments, end_ms=moments, permille=moments),
                max_size=3,
            ).map(tuple),
            speaker=st.none() | texts,
            flags=st.lists(st.sampled_from(Flag), max_size=2).map(tuple),
        ),
        max_size=4,
    ).map(tuple),
)


@hypothesis_settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(content=contents)
def test_whatever_is_kept_is_read_again_exactly(
    database: Database, investigator: Actor, cited: Recording, content: Content
) -> None:
    kept = keep(database, investigator, cited, content)

    with database.reading() as session:
        assert queries.value(session, queries.get(session, kept.id)) == content
        assert kept.content_sha256 == str(queries.digest(content))
        assert list(queries.check(session)) == []


def test_the_database_itself_refuses_a_second_transcript_of_a_job(
    database: Database, investigator: Actor, recording: Recording
) -> None:
    keep(database, investigator, recording, job_id="job-1")
    columns = ", ".join(column.key for column in Transcript.__table__.columns)
    values = columns.replace("id,", "'another',", 1)
    replace = "insert or replace" if database.engine.dialect.name == "sqlite" else "insert"
    with pytest.raises((IntegrityError, DBAPIError)), database.writing() as session:
        session.execute(
            text(f"{replace} into transcript ({columns}) select {values} from transcript")
        )

    with database.reading() as session:
        assert len(queries.of(session, recording.id)) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "update transcript set language = 'ru'",
        "delete from transcript",
        "update transcript_segment set text = 'never said'",
        "delete from transcript_segment",
    ],
)
def test_no_statement_changes_what_is_kept(
    database: Database, investigator: Actor, recording: Recording, statement: str
) -> None:
    keep(database, investigator, recording)
    with pytest.raises(DBAPIError, match="append-only"), database.writing() as session:
        session.execute(text(statement))


def test_a_segment_slipped_in_behind_the_guards_is_found(
    database: Database, investigator: Actor, recording: Recording
) -> None:
    kept = keep(database, investigator, recording)
    with database.writing() as session:
        session.add(
            SegmentRow(
                id=f"{kept.id}/2",
                transcript_id=kept.id,
                case_id="case-1",
                ordinal=2,
                start_ms=2100,
                end_ms=2900,
                speaker=None,
                text="and this too",
                flags=[],
                words=[],
            )
        )

    with database.reading() as session:
        assert list(queries.check(session)) == [kept.id]
