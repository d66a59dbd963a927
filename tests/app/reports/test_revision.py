"""What was changed between two texts of one report, whether it was said, and what fell by it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import TooLarge
from app.reports.anchor import locate
from app.reports.anchoring import AnchoredKind, Anchoring
from app.reports.revision.footing import Footing, fates
from app.reports.revision.notices import new_notices
from app.reports.revision.words import MAX_WORDS, compare
from transcription.difference import ChangeKind

OLDER = "Six trucks left at noon.\nThe station said so.\nNobody was hurt, it added."
NEWER = "Seven trucks left at noon.\nThe Station said so.\nIt was raining."
WORDS = ["go", "now", "stay", "Stay", "“go”", "six", "7", ".", "не", "иди"]
texts = st.lists(
    st.tuples(st.sampled_from(WORDS), st.sampled_from([" ", "\n", "\r\n", "  "])), max_size=25
).map(lambda parts: "".join(word + space for word, space in parts))


@given(texts, texts)
def test_every_word_of_both_texts_is_in_exactly_one_stretch_in_order(
    older: str, newer: str
) -> None:
    found = compare(older, newer)

    for text, places in (
        (older, [one.older for one in found.stretches]),
        (newer, [one.newer for one in found.stretches]),
    ):
        assert " ".join(text[one.start : one.end] for one in places).split() == text.split()
    for one in found.stretches:
        if one.kind is ChangeKind.SAME:
            mine = older[one.older.start : one.older.end]
            assert mine.split() == newer[one.newer.start : one.newer.end].split()
    assert found.is_empty == (older.split() == newer.split())


@given(texts, texts)
def test_turned_round_the_same_words_differ(older: str, newer: str) -> None:
    one, other = compare(older, newer), compare(newer, older)

    turned = {ChangeKind.ADDED: ChangeKind.REMOVED, ChangeKind.REMOVED: ChangeKind.ADDED}
    assert [(turned.get(a.kind, a.kind), a.newer, a.older) for a in one.changes] == [
        (b.kind, b.older, b.newer) for b in other.changes
    ]


def test_each_change_is_told_with_its_place_in_both_texts() -> None:
    found = compare(OLDER, NEWER)

    told = [
        (
            one.kind.value,
            OLDER[one.older.start : one.older.end],
            NEWER[one.newer.start : one.newer.end],
        )
        for one in found.changes
    ]
    assert told[:2] == [("changed", "Six", "Seven"), ("respelled", "station", "Station")]
    assert found.counts[ChangeKind.CHANGED] >= 1


def test_a_text_longer_than_any_report_is_not_compared() -> None:
    with pytest.raises(TooLarge):
        compare("a " * (MAX_WORDS + 1), "a")


@pytest.mark.parametrize(
    ("language", "notice"),
    [
        ("en", "Correction: an earlier version of this article said six."),
        ("en", "This story has been updated."),
        ("en", "Editor’s note — the number was wrong."),
        ("en", "We have corrected the number."),
        ("ru", "Уточнение: в более ранней версии текста говорилось о шести."),
        ("ru", "Материал был обновлён."),
        ("uk", "Оновлено: додано коментар."),
        ("uk", "У попередній версії статті йшлося про шість."),
        ("fr", "Correction: six."),
    ],
)
def test_a_change_that_is_said_is_not_silent(language: str, notice: str) -> None:
    newer = f"Seven trucks left at noon.\n{notice}"

    (found, *_) = new_notices(compare(OLDER, newer), newer, language=language)

    assert newer[found.place.start : found.place.end] in notice


@pytest.mark.parametrize(
    "newer",
    [
        NEWER,
        "He wanted a correction of the fire, and an update on the convoy.",
        "Стрелок попросил уточнение координат.",
    ],
)
def test_a_change_without_a_word_about_it_is_silent(newer: str) -> None:
    for language in ("en", "ru", "uk", "und"):
        assert new_notices(compare(OLDER, newer), newer, language=language) == []


def test_a_notice_that_stood_there_before_says_nothing_of_this_change() -> None:
    notice = "Correction: it was noon.\n"

    assert (
        new_notices(compare(notice + OLDER, notice + NEWER), notice + NEWER, language="en") == []
    )


def anchoring(exact: str, snapshot_id: str = "older", occurrence: int = 0) -> Anchoring:
    return Anchoring(
        kind=AnchoredKind.QUOTE,
        id=exact,
        snapshot_id=snapshot_id,
        anchor=locate(OLDER, exact, occurrence=occurrence),
        said="",
        made_at=datetime.now(UTC),
    )


def test_what_stands_on_the_older_text_stands_elsewhere_or_fell() -> None:
    moved = "Nobody was hurt, it added.\n" + NEWER
    items = [
        anchoring(exact)
        for exact in ("left at noon", "Six trucks", "Nobody was hurt", "said so.\nNobody")
    ]
    other = anchoring("left", "another")

    found = fates([*items, other], compare(OLDER, moved), older_id="older", newer=moved)

    assert [one.footing for one in found] == [
        Footing.STANDS,
        Footing.FALLEN,
        Footing.ELSEWHERE,
        Footing.FALLEN,
    ]
    assert found[0].newer is not None
    assert moved[found[0].newer.start : found[0].newer.end] == "left at noon"
    assert found[1].newer is not None
    assert "Seven" in moved[found[1].newer.start : found[1].newer.end]


@given(texts.filter(str.strip), texts, st.data())
def test_words_said_to_stand_are_there(older: str, newer: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(older) - 1))
    end = data.draw(st.integers(start + 1, len(older)))
    if not older[start:end].strip():
        return
    item = Anchoring(
        kind=AnchoredKind.CLAIM,
        id="1",
        snapshot_id="older",
        anchor=locate(older, older[start:end], start=start),
        said="",
        made_at=datetime.now(UTC),
    )

    (fate,) = fates([item], compare(older, newer), older_id="older", newer=newer)

    there = fate.newer is not None and newer[fate.newer.start : fate.newer.end]
    assert (fate.footing is Footing.FALLEN) == (older[start:end] not in newer)
    assert fate.footing is Footing.FALLEN or there == older[start:end]
