"""A drawing holds every word, fits its width, and never steers the terminal it is shown on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcription.alignment import Alignment, OperationKind, align
from transcription.alignment.drawing import LEGEND, MARKS, drawing
from transcription.errors import NothingToAlign
from transcription.transcript import Segment, Transcript

STEERS = "\x1b\x07\x00\u202e\u200b\u2066"


def found(quote: str, spoken: str, language: str = "en") -> Alignment:
    return align(
        quote, quote_language=language, transcript=Transcript(language, (Segment(spoken),))
    )


def test_every_kind_of_operation_has_a_mark_that_the_legend_explains() -> None:
    assert set(MARKS) == set(OperationKind)
    for mark in MARKS.values():
        assert f"{mark} " in LEGEND


def test_a_long_quote_is_drawn_in_lines_that_fit() -> None:
    words = " ".join(f"load the {thing}" for thing in ("truck", "crane", "wagon", "boxes") * 9)
    drawn = drawing(found(words, words), width=60)

    assert all(len(line) <= 60 for line in drawn.split("\n") if not line.startswith("- "))
    assert drawn.count("quoted ") > 1
    assert (
        " ".join(
            line.removeprefix("quoted ")
            for line in drawn.split("\n")
            if line.startswith("quoted ")
        ).split()
        == words.split()
    )


def test_a_word_broader_than_the_width_has_a_line_of_its_own() -> None:
    word = "x" * 90
    drawn = drawing(found(f"load {word} now", f"load {word} now"), width=40)
    assert word in drawn


def test_what_is_not_found_is_drawn_as_its_reasons() -> None:
    assert drawing(found("load the truck", "nothing of the kind")) == (
        "verdict: not_found\n- nothing close to these words was found in this transcript"
    )


def test_signs_that_take_two_places_stay_under_one_another() -> None:
    lines = drawing(found("赶快 go there", "赶快 go there", "zh")).split("\n")
    assert lines[1:4] == [
        "quoted 赶快 go there",
        "       =    =  =",
        "spoken 赶快 go there",
    ]


@given(st.text(max_size=80), st.text(max_size=80), st.sampled_from(STEERS))
def test_no_text_steers_the_terminal(quote: str, spoken: str, steers: str) -> None:
    try:
        drawn = drawing(found(f"{quote}{steers} load", f"{spoken}{steers} load"))
    except NothingToAlign:
        return
    assert not set(STEERS) & set(drawn)


@pytest.mark.parametrize("language", ["en", "ru", "pl"])
def test_paint_is_told_what_each_piece_is_about(language: str) -> None:
    painted: list[tuple[str, OperationKind | None]] = []

    def paint(text: str, kind: OperationKind | None) -> str:
        painted.append((text, kind))
        return text

    alignment = found("load the truck", "load the old truck", language)
    assert drawing(alignment, paint=paint) == drawing(alignment)
    kinds = {kind for _, kind in painted}
    assert {OperationKind.SAME, OperationKind.OMITTED, None} <= kinds
