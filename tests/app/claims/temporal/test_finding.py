"""Times are found in running text, and words that look like them are left alone."""

from datetime import date
from itertools import pairwise

import pytest

from app.claims.temporal.finding import mentions

PUBLISHED = date(2025, 5, 22)


def _found(text: str, language: str) -> list[tuple[str, str | None]]:
    found = mentions(text, language=language, published=PUBLISHED)
    assert all(text[each.start : each.end].strip() for each in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    return [(text[each.start : each.end], each.value.edtf) for each in found]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            "The calls, recorded last November, were released on Tuesday. So far this year 20 were opened.",
            [
                ("last November", "2024-11"),
                ("Tuesday", "2025-05-20"),
                ("So far this year", "2025-01-01/2025-05-22"),
            ],
        ),
        (
            "en",
            "A report of 3 May 2024 covers 2022 to 2024.",
            [("3 May 2024", "2024-05-03"), ("2022 to 2024", "2022/2024")],
        ),
        (
            "en",
            "The hearing will take place on Friday, he said on Wednesday.",
            [("Friday", "2025-05-23"), ("Wednesday", "2025-05-28")],
        ),
        (
            "ru",
            "Минувшей ночью, 21 мая 2025 года, в эфире прозвучал приказ. В среду это подтвердили.",
            [
                ("Минувшей ночью", "2025-05-21/2025-05-22"),
                ("21 мая 2025 года", "2025-05-21"),
                ("среду", "2025-05-21"),
            ],
        ),
        (
            "ru",
            "С начала полномасштабного вторжения открыто 75 дел: 8 в 2022 году, 39 в 2024-м.",
            [
                ("С начала полномасштабного вторжения", "2022-02-24/.."),
                ("2022 году", "2022"),
                ("2024-м", "2024"),
            ],
        ),
        (
            "uk",
            "Торік у листопаді перехопили розмову, а станом на 5 травня справу розслідують.",
            [("Торік у листопаді", "2024-11"), ("станом на 5 травня", "2025-05-05")],
        ),
        (
            "uk",
            "Від початку року зафіксовано 20 випадків; минулої середи — ще один.",
            [("Від початку року", "2025/.."), ("минулої середи", "[2025-05-14,2025-05-21]")],
        ),
    ],
)
def test_the_longest_wording_is_found_with_its_value(
    language: str, text: str, expected: list[tuple[str, str | None]]
) -> None:
    assert _found(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "They may march on, and no one will hear a second call from the 21st Brigade."),
        ("en", "The 5th Army had 2022 men; 268 prisoners were in 75 cases."),
        ("en", "March on! May they be heard."),
        ("en", "It cost 2,024 dollars, or 20.25 each."),
        ("ru", "В боевой среде 21-я бригада слышит 268 голосов, а третий батальон молчит."),
        ("ru", "Пять лет тюрьмы получил боец 5-й армии."),
        ("uk", "У середовищі 21-ї бригади чути 268 голосів, другий батальйон мовчить."),
        ("de", "Im November 2024 wurde es am Mittwoch gemeldet."),
        ("en", ""),
    ],
)
def test_what_is_no_time_is_left_alone(language: str, text: str) -> None:
    assert _found(text, language) == []


def test_places_count_in_the_text_itself_over_odd_spaces() -> None:
    text = "\ufeff\n“Heard”\u00a0on\u00a021\u00a0May\u00a02025 — so they say"
    assert _found(text, "en") == [("21\u00a0May\u00a02025", "2025-05-21")]
