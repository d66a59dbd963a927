"""A translated quote drawn in three layers: every word and link, and nothing outside the sheet."""

from typing import Any

import pytest

from app.web.layers import Drawing, in_columns, in_rows
from transcription.linking.layers import layered
from transcription.transcript import Segment, Transcript, Word

SPOKEN = "Приказ такой: командира оставить, остальных вывезти в тыл"
TRANSLATED = "The order is: keep the commander, take the rest to the rear."


def place(quote: str, *, spoken: str = SPOKEN, translated: str = TRANSLATED) -> dict[str, Any]:
    words = tuple(Word(word, 400 * at, 400 * at + 350) for at, word in enumerate(spoken.split()))
    found = layered(
        quote,
        quote_language="en",
        source=Transcript("ru", (Segment(spoken, 0, 400 * len(words), words),)),
        translation=Transcript("en", (Segment(translated, 0, 400 * len(words)),)),
    )
    (only,) = found.as_data()["occurrences"]
    return dict(only)


def looks(drawing: Drawing) -> dict[str, str]:
    return {box.text: box.look for box in drawing.boxes if box.look}


@pytest.mark.parametrize("shape", [in_rows, in_columns])
def test_every_word_of_the_three_layers_is_there_and_every_link_ends_at_words(shape: Any) -> None:
    found = place("keep the commander, evacuate the rest to the rear")

    drawing = shape(found)

    words = [box.text for box in drawing.boxes]
    assert words == [
        *[word["text"] for word in found["layers"]["source"]],
        *[word["text"] for word in found["layers"]["translation"]],
        *[each["quoted"] for each in found["operations"]],
    ]
    assert len(drawing.lines) == len(found["layers"]["links"]) + len(found["operations"])
    for line in drawing.lines:
        assert 0 <= min(line.x1, line.x2) <= max(line.x1, line.x2) <= drawing.width
        assert 0 <= min(line.y1, line.y2) <= max(line.y1, line.y2) <= drawing.height
    for box in drawing.boxes:
        assert 0 <= box.x <= box.x + box.width <= drawing.width
        assert 0 < box.y < drawing.height
    assert [head.text for head in drawing.heads] == ["spoken", "translated", "published"]


def test_lines_cross_where_the_order_of_words_does() -> None:
    drawing = in_rows(place("keep the commander"))
    assert drawing
    upper = [line for line in drawing.lines if line.look == "lexicon"]

    assert any((one.x1 - other.x1) * (one.x2 - other.x2) < 0 for one in upper for other in upper)


def test_what_differs_or_has_no_link_is_marked_and_said() -> None:
    found = place(
        "keep the driver, take the rest to the rear",
        spoken="командира не оставить, остальных вывезти в тыл",
    )

    drawing = in_columns(found)

    assert looks(drawing)["driver"] == "substituted"
    assert looks(drawing)["не"] == "omitted"
    assert {box.said for box in drawing.boxes if box.text == "не"} == {
        "no word of the translation is linked to it"
    }


def test_a_quote_that_no_row_holds_is_drawn_in_columns_only() -> None:
    longer = " ".join([TRANSLATED.removesuffix(".")] * 3)
    found = place(longer, spoken=" ".join([SPOKEN] * 3), translated=longer)

    assert in_rows(found) is None
    assert in_columns(found).boxes
