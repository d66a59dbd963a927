"""Rival wordings on the recording page: who wrote what, readable without colours or scripts."""

import pytest

from app.web.wordings import letter
from tests.app.web.conftest import Desk

FIRST = "seize the commander and kill the rest"
SECOND = "take the commander captive and kill everyone else"


@pytest.mark.parametrize(
    ("at", "expected"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA")]
)
def test_wordings_are_lettered_as_columns_of_a_sheet(at: int, expected: str) -> None:
    assert letter(at) == expected


def test_rival_wordings_are_shown_slot_by_slot_with_who_wrote_them(desk: Desk) -> None:
    recording = desk.add()
    for words in (FIRST, SECOND):
        desk.mark(desk.report(f'He said "{words}".'), words, recording_id=recording)

    page = desk.browser.open(f"/recordings/{recording}")
    section = " ".join(page.text.split("Wordings side by side")[1].split())

    assert "seize in A take in B ~(listed variants)" in section
    assert "–nothing in A captive in B ±(not in every wording)" in section
    assert "A" + FIRST in section
    assert "B" + SECOND in section


def test_one_wording_alone_is_laid_beside_nothing(desk: Desk) -> None:
    recording = desk.add()
    desk.mark(desk.report(f'He said "{FIRST}".'), FIRST, recording_id=recording)

    assert "Wordings side by side" not in desk.browser.open(f"/recordings/{recording}").text
