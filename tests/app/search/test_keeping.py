"""The index holds what transcripts hold, once, and nothing of what was taken out."""

import pytest
from sqlalchemy import func, select, text, update

from app.core.database import Database
from app.search import index, keeping
from app.search.models import IndexedPiece, IndexedTranscript
from app.search.terms import RULES, beginning, pair
from app.transcripts.models import TranscriptKind
from transcription.transcript import Transcript as Content

from .conftest import Catalogue, timed

SAID = "unload forty sacks of flour behind the mill"


def rows(database: Database) -> tuple[int, int]:
    with database.reading() as session:
        transcripts = session.scalar(select(func.count()).select_from(IndexedTranscript))
        return transcripts or 0, session.scalar(select(func.count(IndexedPiece.id))) or 0


def holding(database: Database, *terms: str) -> list[list[int]]:
    with database.reading() as session:
        return index.of(session).holding(session, terms)


def test_a_piece_is_found_by_each_word_and_each_pair(catalogue: Catalogue) -> None:
    catalogue.said(SAID)

    words = [beginning(word) for word in SAID.replace("forty", "40").split()]
    terms = [*words, *map(pair, words, words[1:])]

    found = holding(catalogue.database, *terms, pair(words[1], words[0]), "'", '"', "\\")
    assert found[:-4] == [found[0]] * len(terms)
    assert len(found[0]) == 1
    assert found[-4:] == [[], [], [], []]


def test_putting_in_again_changes_nothing(catalogue: Catalogue) -> None:
    transcript = catalogue.said(timed(" ".join([SAID] * 200)))
    before = rows(catalogue.database), holding(catalogue.database, "flour")
    for _ in range(2):
        with catalogue.database.writing() as session:
            assert keeping.put(session, transcript) == 1_600

    assert rows(catalogue.database) == before[0]
    assert [len(one) for one in holding(catalogue.database, "flour")] == [
        len(one) for one in before[1]
    ]


def test_what_is_missing_is_known_and_put_in(catalogue: Catalogue) -> None:
    first, second = (catalogue.said(SAID, indexed=False) for _ in range(2))
    with catalogue.database.reading() as session:
        assert keeping.missing(session) == [first.id, second.id]
    with catalogue.database.writing() as session:
        keeping.put(session, second)
    with catalogue.database.reading() as session:
        assert keeping.missing(session, limit=5) == [first.id]


def test_a_correction_supersedes_whichever_of_the_two_is_put_in_first(
    catalogue: Catalogue,
) -> None:
    recording = catalogue.recording()
    parent = catalogue.said(SAID, recording=recording, indexed=False)
    child = catalogue.said(
        f"{SAID} now",
        recording=recording,
        kind=TranscriptKind.CORRECTION,
        parent=parent,
        indexed=False,
    )
    for order in ((parent, child), (child, parent)):
        with catalogue.database.writing() as session:
            keeping.clear(session)
            for transcript in order:
                keeping.put(session, transcript)
        with catalogue.database.reading() as session:
            found = session.execute(
                select(IndexedTranscript.transcript_id, IndexedTranscript.superseded)
            )
            assert dict(found.all()) == {parent.id: True, child.id: False}


@pytest.mark.parametrize(
    "content", [Content("und", timed(SAID).segments), Content("en", ()), timed("[unintelligible]")]
)
def test_what_has_no_words_to_find_is_noted_and_not_missing(
    catalogue: Catalogue, content: Content
) -> None:
    catalogue.said(content)

    assert rows(catalogue.database) == (1, 0)
    with catalogue.database.reading() as session:
        assert keeping.missing(session) == []


def test_an_index_made_under_other_rules_is_emptied_and_nothing_is_mixed(
    catalogue: Catalogue,
) -> None:
    transcript = catalogue.said(SAID)
    with catalogue.database.writing() as session:
        assert not keeping.clear_outdated(session)
        session.execute(update(IndexedTranscript).values(rules=RULES + "-before"))
        assert keeping.clear_outdated(session)

    assert rows(catalogue.database) == (0, 0)
    assert holding(catalogue.database, "flour") == [[]]
    with catalogue.database.reading() as session:
        assert keeping.missing(session) == [transcript.id]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nothing_of_destroyed_words_is_left_in_the_index_file(
    catalogue: Catalogue,
) -> None:
    """What lawful erasure leaves of a transcript is put in again; the rest is really gone."""
    erased, kept = catalogue.said("zzyzx wombat zzyzx"), catalogue.said(SAID)
    assert "womba" in everything(catalogue.database)

    with catalogue.database.writing() as session:
        session.execute(text("drop trigger transcript_segment_no_delete"))
        session.execute(
            text("delete from transcript_segment where transcript_id = :id"), {"id": erased.id}
        )
        keeping.put(session, erased)

    left = everything(catalogue.database)
    assert "womba" not in left
    assert "zzy" not in left
    assert "flour" in left
    assert catalogue.search(SAID).places[0].transcript.id == kept.id


def everything(database: Database) -> str:
    """All that the index's tables hold, as SQLite keeps it."""
    with database.reading() as session:
        blocks = session.scalars(text("select block from search_terms_data")).all()
        pieces = session.scalars(select(IndexedPiece.text)).all()
    return b" ".join(blocks).decode(errors="replace") + " ".join(pieces)
