"""Which publications a report names as its sources, and how it stands to them."""

import pytest

from app.reports.attribution import read
from app.reports.lineage import Relation
from app.reports.sources import Source, SourceKind, is_same_publisher, publisher_key, sources
from transcription.quotation.layout import paragraphs

FILLER = "\nThe road was closed.\nIt rained all day.\nNobody came.\n"


def named(text: str, publisher: str | None = None, language: str = "en") -> list[Source]:
    found = read(text, language=language)
    return sources(text, found, paragraphs=paragraphs(text), publisher=publisher)


def test_what_is_named_at_the_beginning_is_cited() -> None:
    (source,) = named("The bridge fell, CNN reported." + FILLER)

    assert (source.kind, source.name, source.relation) == (
        SourceKind.PUBLICATION,
        "CNN",
        Relation.CITES,
    )


def test_what_is_named_once_and_late_is_only_referred_to() -> None:
    (source,) = named("The bridge fell." + FILLER + "A lawyer told Reuters he was tired.")

    assert source.relation is Relation.REFERS_TO


def test_what_is_named_more_than_once_is_cited() -> None:
    text = "The bridge fell." + FILLER + "A lawyer told Reuters so.\nReuters said it was closed."

    (source,) = named(text)

    assert (source.relation, source.times) == (Relation.CITES, 2)


def test_a_source_named_for_the_whole_passage_is_cited_wherever_it_stands() -> None:
    text = "It rained." + FILLER + "The bridge fell. This was reported by Ukrinform, citing CNN."

    assert {(s.name, s.relation) for s in named(text)} == {
        ("Ukrinform", Relation.CITES),
        ("CNN", Relation.CITES),
    }


def test_a_report_that_names_itself_cites_nobody() -> None:
    assert named("A lawyer told CNN that the bridge fell.", publisher="The CNN") == []


def test_a_post_is_quoted() -> None:
    (source,) = named("“The bridge is closed,” the Road Service tweeted on Monday.")

    assert (source.kind, source.relation) == (SourceKind.POST, Relation.QUOTES)


def test_a_document_is_a_source_with_its_date_as_worded() -> None:
    text = FILLER + "In March this year, a report by the Road Service said the bridge was unsafe."

    (source,) = named(text)

    assert (source.kind, source.dated) == (SourceKind.DOCUMENT, "In March this year")


def test_an_article_and_another_alphabet_make_no_other_publisher() -> None:
    assert publisher_key("The Guardian") == publisher_key("Guardian ")
    assert publisher_key("Northern Gazette (weekly)") == publisher_key("the Northern Gazette")
    assert publisher_key("(weekly)") == publisher_key("(weekly)") != publisher_key("CNN")
    assert publisher_key("Українська правда") == publisher_key("Украинская правда")
    assert publisher_key("Газета The Washington Post") == publisher_key("The Washington Post")
    assert publisher_key("агентству «Интерфакс»") == publisher_key("Интерфакс")
    assert is_same_publisher("Ukrainska Pravda", "Українська правда")
    assert not is_same_publisher("CNN", "BBC")
    assert not is_same_publisher("Guardian", "Gardarike")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Об этом сообщает CNN со ссылкой на разведку. Мост закрыт."),
        ("uk", "Міст закрито, повідомляє CNN."),
    ],
)
def test_sources_are_read_in_three_languages(language: str, text: str) -> None:
    assert [source.key for source in named(text, language=language)] == ["publication:cnn"]
