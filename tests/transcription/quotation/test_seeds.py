"""
Four published articles: every quotation in them is found, and its target is the right one.

`seeds.json` was made by reading the articles; it holds places and the words at both ends. The
articles themselves lie in `../shared/seeds`.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from transcription.quotation import Proposal, propose

Row = dict[str, Any]
GOLDEN: dict[str, list[Row]] = json.loads(Path(__file__).with_name("seeds.json").read_text())


def told(each: Proposal) -> Row:
    """A proposal as a row of the file."""
    words = each.exact.split()
    row: Row = {
        "start": each.start,
        "end": each.end,
        "first": " ".join(words[:2]),
        "last": " ".join(words[-2:]),
        "form": each.form.value,
        "way": each.way.value,
        "target": each.target.value,
        "speaker": each.speaker.text if each.speaker else None,
    }
    if not each.closed:
        row["closed"] = False
    if each.inside is not None:
        row["inside"] = each.inside
    if each.reply_to is not None:
        row["reply_to"] = each.reply_to
    if each.claim:
        row["claim"] = [each.claim.op.value, each.claim.count, each.claim.raw]
    if each.signs:
        row["signs"] = [sign.kind.value for sign in each.signs]
    return row


def texts(shared: Path) -> Iterator[tuple[str, str]]:
    for name in GOLDEN:
        yield name, (shared / "seeds" / name).read_bytes().decode()


@pytest.mark.parametrize("name", GOLDEN)
def test_every_quotation_of_an_article_is_read_as_a_person_reads_it(
    name: str, shared: Path
) -> None:
    text = (shared / "seeds" / name).read_bytes().decode()

    assert [told(each) for each in propose(text).proposals] == GOLDEN[name]


def test_all_are_found_and_nothing_else(shared: Path) -> None:
    found = expected = right = 0
    for name, text in texts(shared):
        places = {(each.start, each.end): each.target.value for each in propose(text).proposals}
        wanted = {(row["start"], row["end"]): row["target"] for row in GOLDEN[name]}
        found, expected = found + len(places), expected + len(wanted)
        right += len(places.items() & wanted.items())

    assert (found, right) == (expected, expected)


def test_nobody_with_an_office_is_ever_matched_to_audio_in_them(shared: Path) -> None:
    for _, text in texts(shared):
        for each in propose(text).proposals:
            spoken = each.speaker.text if each.speaker else ""
            if any(name in spoken for name in ("Putin", "Haidai", "Tidball", "Bel", "Tikhy")):
                assert each.target.value == "statement"


def test_the_words_are_where_they_are_said_to_be(shared: Path) -> None:
    for name, text in texts(shared):
        for row in GOLDEN[name]:
            exact = text[row["start"] : row["end"]]
            assert exact.startswith(row["first"])
            assert exact.endswith(row["last"])
