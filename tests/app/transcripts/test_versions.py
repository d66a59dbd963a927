"""Versions: each says what it changed, and nobody overlooks a correction that they had not seen."""

from typing import Any

import pytest

from app.core.actor import Actor, ActorKind
from app.core.database import Database
from app.core.errors import Invalid, PreconditionFailed, TooLarge
from app.recordings import service as recordings
from app.recordings.models import Recording
from app.recordings.provenance import Particulars
from app.transcripts import queries, versions
from app.transcripts.models import Transcript, TranscriptKind
from transcription import difference
from transcription.editing import Line
from transcription.transcript import Flag, Segment
from transcription.transcript import Transcript as Content

from .conftest import CONTENT, PCM, keep

OTHER = Actor(id="account-other", kind=ActorKind.PERSON, name="Remo")


def edit(
    database: Database, actor: Actor, parent: Transcript, number: int, line: Line, **more: Any
) -> Transcript:
    with database.writing() as session:
        return versions.edit(session, actor=actor, parent=parent, typed={number: line}, **more)


def tag(database: Database, transcript: Transcript) -> str:
    with database.reading() as session:
        return versions.tag(session, transcript)


def content(database: Database, transcript: Transcript) -> Content:
    with database.reading() as session:
        return queries.value(session, transcript)


def test_an_edited_line_makes_a_child_that_says_what_it_changed(
    database: Database, investigator: Actor, recording: Recording
) -> None:
    parent = keep(database, investigator, recording, pcm_sha256=PCM)
    child = edit(database, OTHER, parent, 0, Line("We want", "B"), note="listened twice")

    assert (child.kind, child.parent_id) == (TranscriptKind.CORRECTION, parent.id)
    assert (child.author_name, child.note, child.pcm_sha256) == ("Remo", "listened twice", PCM)
    first = content(database, child).segments[0]
    assert (first.speaker, first.words[0]) == ("B", CONTENT.segments[0].words[0])
    assert first.words[1].interpolated
    assert content(database, parent) == CONTENT, "the parent stays as it is"
    with database.reading() as session:
        root, corrected = versions.history(session, queries.of(session, recording.id))
    assert (root.parent, root.changed) == (None, None)
    assert corrected.parent is not None
    assert corrected.parent.id == parent.id
    assert corrected.changed == {
        "words_changed": 1,
        "changed": 1,
        "reckoned": 1,
        "speaker": 2,
    }


def test_warnings_are_taken_away_only_where_somebody_says_so(
    database: Database, investigator: Actor, recording: Recording
) -> None:
    parent = keep(database, investigator, recording)
    kept = edit(database, OTHER, parent, 1, Line("for flowers", None, (Flag.UNINTELLIGIBLE,)))
    taken = edit(database, OTHER, parent, 1, Line("for flowers"))

    assert content(database, kept).segments[1].flags == (Flag.UNINTELLIGIBLE,)
    assert content(database, taken).segments[1].flags == ()


def test_a_correction_that_was_not_seen_is_named_and_nothing_is_kept(
    database: Database, investigator: Actor, recording: Recording
) -> None:
    parent = keep(database, investigator, recording)
    seen = {tag(database, parent)}
    first = edit(database, investigator, parent, 0, Line("We want", "A"), seen=seen)

    with pytest.raises(PreconditionFailed) as refused:
        edit(database, OTHER, parent, 0, Line("He waits", "A"), seen=seen)

    assert refused.value.facts["corrected_by"] == first.id
    assert refused.value.facts["current"] == tag(database, parent)
    with database.reading() as session:
        assert [item.id for item in queries.children(session, parent.id)] == [first.id]
    beside = edit(database, OTHER, parent, 0, Line("He waits", "A"), seen={tag(database, parent)})
    assert beside.parent_id == parent.id, "once it was seen, a rival version is anybody's right"


def test_another_version_is_not_the_one_that_was_seen(
    database: Database, investigator: Actor, recording: Recording
) -> None:
    parent = keep(database, investigator, recording)

    with pytest.raises(PreconditionFailed, match="not the version"):
        edit(database, OTHER, parent, 0, Line("He waits"), seen={"0123456789abcdef-0"})


@pytest.mark.parametrize(
    ("number", "line", "field", "says"),
    [
        (7, Line("x"), "line", "no line 8"),
        (0, Line("We wait", "A"), "content", "nothing is changed"),
        (0, Line("half \ud800"), "content", "surrogate"),
        (0, Line("We wait", "a\x07b"), "speaker", "control character"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_name(
    database: Database,
    investigator: Actor,
    recording: Recording,
    number: int,
    line: Line,
    field: str,
    says: str,
) -> None:
    parent = keep(database, investigator, recording)

    with pytest.raises(Invalid, match=says) as refused:
        edit(database, OTHER, parent, number, line)

    assert refused.value.field == field


def test_a_voice_is_relabelled_in_a_child(
    database: Database, investigator: Actor, recording: Recording
) -> None:
    parent = keep(database, investigator, recording)

    def relabel(**told: Any) -> Transcript:
        with database.writing() as session:
            return versions.relabel(session, actor=OTHER, parent=parent, **told)

    child = relabel(old="A", new=" the driver ")
    assert [s.speaker for s in content(database, child).segments] == ["the driver", None]
    ranged = relabel(old=None, new="B", start_ms=900, end_ms=1000)
    assert [s.speaker for s in content(database, ranged).segments] == ["A", "B"]
    for told, field in (
        ({"old": "A", "new": "A"}, "to_label"),
        ({"old": "C", "new": "D"}, "from_label"),
        ({"old": "A", "new": "B", "start_ms": 500}, "from_label"),
        ({"old": "A", "new": "B", "start_ms": 5, "end_ms": 5}, "end_ms"),
    ):
        with pytest.raises(Invalid) as refused:
            relabel(**told)
        assert refused.value.field == field


def test_voices_are_listed_with_how_much_is_under_each_label() -> None:
    first, second = versions.voices(CONTENT)

    assert (first.label, first.segments, first.words) == ("A", 1, 2)
    assert (first.first_ms, first.spoken_ms) == (0, 900)
    assert second.label is None
    (untimed,) = versions.voices(Content("en", (Segment("one two"),)))
    assert (untimed.words, untimed.first_ms, untimed.spoken_ms) == (2, None, None)


def test_any_two_versions_of_a_recording_are_compared_and_of_two_recordings_none(
    database: Database, investigator: Actor, recording: Recording, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = keep(database, investigator, recording)
    other = keep(
        database,
        OTHER,
        recording,
        Content("en", (Segment("We want flour"),)),
        kind=TranscriptKind.HUMAN,
    )
    with database.writing() as session:
        elsewhere = recordings.catalogue(
            session, actor=investigator, case_id="case-1", particulars=Particulars(title="Other")
        )
    strange = keep(database, investigator, elsewhere)

    with database.reading() as session:
        found = versions.between(session, one, other)
        assert found.counts()["words_changed"] == 2
        with pytest.raises(Invalid, match="two recordings"):
            versions.between(session, one, strange)
        monkeypatch.setattr(difference, "MAX_WORDS", 3)
        with pytest.raises(TooLarge, match="3 words"):
            versions.between(session, one, other)


def test_a_child_in_another_language_is_not_counted_against_its_parent(
    database: Database, investigator: Actor, recording: Recording
) -> None:
    parent = keep(database, investigator, recording)
    translated = Content("ru", (Segment("ждём муку"),))
    keep(database, OTHER, recording, translated, parent=parent, kind=TranscriptKind.TRANSLATION)

    with database.reading() as session:
        _, told = versions.history(session, queries.of(session, recording.id))
    assert told.changed is None


def test_what_is_told_of_a_machines_draft_is_told_of_every_version_corrected_from_it(
    database: Database, investigator: Actor, recording: Recording
) -> None:
    notice = "Exercise model, not for casework."
    draft = keep(
        database, investigator, recording, derivation={"engine": "whisper", "notice": notice}
    )
    first = edit(database, OTHER, draft, 0, Line("We want"))
    edit(database, OTHER, first, 0, Line("He wants"))

    with database.reading() as session:
        told = versions.history(session, queries.of(session, recording.id))
    assert [item.origin for item in told] == [None, notice, notice]
