"""Names across alphabets."""

import pytest

from transcription.linking.names import alike


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("харькове", "kharkiv"),
        ("харкові", "kharkiv"),
        ("покровском", "pokrovsk"),
        ("юрий", "yuriy"),
        ("юрій", "iurii"),
        ("щербаков", "shcherbakov"),
        ("запоріжжя", "zaporizhzhia"),
        ("херсоне", "kherson"),
        ("цвєткова", "tsvetkov"),
    ],
)
def test_a_name_sounds_the_same_by_any_standard_and_in_any_case(cyrillic: str, latin: str) -> None:
    assert alike(cyrillic, latin) >= 700


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [("харьков", "kherson"), ("лиман", "lviv"), ("орлов", "petrov"), ("изюм", "sumy")],
)
def test_another_name_does_not(cyrillic: str, latin: str) -> None:
    assert alike(cyrillic, latin) < 700
