"""Names in another alphabet and of another language: variants, marked, and never the same word."""

import pytest

from transcription.alignment import OperationKind, Verdict, align, names
from transcription.text import fold
from transcription.transcript import Segment, Transcript


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Шойгу", "Shoigu"),
        ("Вагнер", "Wagner"),
        ("Зеленский", "Zelensky"),
        ("Зеленський", "Zelenskyy"),
        ("Хмельницький", "Khmelnytskyi"),
        ("Запоріжжя", "Zaporizhzhia"),
        ("Запорожье", "Zaporozhye"),
        ("Запоріжжя", "Zaporozhye"),
        ("Запоріжжя", "Запорожье"),
        ("Zaporizhzhia", "Zaporozhye"),
        ("Київ", "Kiev"),
        ("Щорс", "Shchors"),
    ],
)
def test_spellings_of_one_name_meet(one: str, other: str) -> None:
    assert names.same(fold(one), fold(other))
    assert names.same(fold(other), fold(one))
    assert names.marks(fold(one)) & names.marks(fold(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kharkiv", "Kherson"),
        ("Popasna", "Zaporizhzhia"),
        ("Иванов", "Petrov"),
        ("bridge", "brigde"),
        ("мост", "пост"),
        ("Sokol", "Sokal"),
    ],
)
def test_other_names_stay_apart(one: str, other: str) -> None:
    assert not names.same(fold(one), fold(other))


@pytest.mark.parametrize(
    ("language", "quote", "spoken", "name"),
    [
        ("en", "the column left Zaporozhye", "the column left Zaporizhzhia", "Zaporozhye"),
        ("en", "the column left Kharkov", "the column left Харків", "Kharkov"),
        ("ru", "группа Wagner вошла в город", "группа Вагнер вошла в город", "Wagner"),
        ("uk", "колона біля Mariupol стоїть", "колона біля Маріуполь стоїть", "Mariupol"),
    ],
)
def test_such_a_name_is_a_variant_and_said_to_be_one(
    language: str, quote: str, spoken: str, name: str
) -> None:
    found = align(
        quote, quote_language=language, transcript=Transcript(language, (Segment(spoken),))
    )
    assert found.best is not None
    kinds = {o.quoted: o.kind for o in found.best.operations}
    assert kinds[name] is OperationKind.VARIANT
    assert found.verdict is not Verdict.VERBATIM
    assert any(f"“{name}” for" in reason for reason in found.reasons)
