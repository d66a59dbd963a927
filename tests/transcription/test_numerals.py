"""Spelled numbers: each up to a thousand read back, and only what belongs together joined."""

import pytest

from transcription.numerals import ordinal, spelled_number, spelled_ordinal, written_ordinal

EN_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
EN_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
RU_ONES = (
    "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать "
    "тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать"
).split()
RU_TENS = ("двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто").split()
RU_HUNDREDS = ("сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот").split()
UK_ONES = (
    "нуль один два три чотири пять шість сім вісім девять десять одинадцять дванадцять "
    "тринадцять чотирнадцять пятнадцять шістнадцять сімнадцять вісімнадцять девятнадцять"
).split()
UK_TENS = ("двадцять тридцять сорок пятдесят шістдесят сімдесят вісімдесят девяносто").split()
UK_HUNDREDS = "сто двісті триста чотириста пятсот шістсот сімсот вісімсот девятсот".split()


def below_hundred(n: int, ones: list[str], tens: list[str]) -> list[str]:
    if n < 20:
        return [ones[n]]
    return [tens[n // 10 - 2], *([ones[n % 10]] if n % 10 else [])]


def spelled(n: int, language: str) -> list[str]:
    ones, tens = {
        "en": (EN_ONES, EN_TENS),
        "ru": (RU_ONES, RU_TENS),
        "uk": (UK_ONES, UK_TENS),
    }[language]
    if n < 100:
        return below_hundred(n, ones, tens)
    rest = below_hundred(n % 100, ones, tens) if n % 100 else []
    if language == "en":
        return [ones[n // 100], "hundred", *rest]
    return [(RU_HUNDREDS if language == "ru" else UK_HUNDREDS)[n // 100 - 1], *rest]


@pytest.mark.parametrize("language", ["en", "ru", "uk"])
def test_every_number_below_a_thousand_is_read_back(language: str) -> None:
    for n in range(1000):
        words = spelled(n, language)
        assert spelled_number(words, language=language) == (n, len(words)), words


@pytest.mark.parametrize(
    ("language", "words", "number", "taken"),
    [
        ("en", "three hundred and five", 305, 4),
        ("en", "two thousand three hundred forty two", 2342, 6),
        ("en", "twenty thousand and one", 20_001, 4),
        ("en", "two and three", 2, 1),
        ("en", "two three", 2, 1),
        ("en", "twenty thirty", 20, 1),
        ("en", "ten five", 10, 1),
        ("en", "five hundred trucks", 500, 2),
        ("en", "twenty zero", 20, 1),
        ("ru", "тысяча двести сорок", 1240, 3),
        ("ru", "две тысячи", 2000, 2),
        ("uk", "сто тисяч пять", 100_005, 3),
    ],
)
def test_only_what_grammar_joins_is_joined(
    language: str, words: str, number: int, taken: int
) -> None:
    assert spelled_number(words.split(), language=language) == (number, taken)


def test_other_words_and_other_languages_hold_no_number() -> None:
    assert spelled_number(["truck", "two"], language="en") is None
    assert spelled_number([], language="en") is None
    assert spelled_number(["two"], language="ko") is None


@pytest.mark.parametrize(
    ("language", "words", "key", "taken"),
    [
        ("en", "twenty fifth", "25th", 2),
        ("en", "thirtieth", "30th", 1),
        ("en", "one hundred and", None, 0),
        ("en", "twenty second burn", None, 0),
        ("en", "twenty twentieth", None, 0),
        ("en", "fifth", None, 0),
        ("ru", "двадцать пятого", "25го", 2),
        ("ru", "двадцать пятая", "25я", 2),
        ("ru", "сто двадцатый", "120й", 2),
        ("ru", "сто первому", "101му", 2),
        ("ru", "пятый", None, 0),
        ("uk", "тридцять першого", "31го", 2),
        ("uk", "двадцятої", "20ї", 1),
    ],
)
def test_ordinals_from_twenty_on_are_numbers_with_an_ending(
    language: str, words: str, key: str | None, taken: int
) -> None:
    read = spelled_ordinal(words.split(), language=language)
    assert read == (None if key is None else (key, taken))


@pytest.mark.parametrize(
    ("language", "digits", "behind", "key"),
    [
        ("en", "25", "th", "25th"),
        ("en", "1", "st", "1th"),
        ("en", "25", "mm", None),
        ("ru", "25", "го", "25го"),
        ("ru", "5", "ти", "5"),
        ("ru", "72", "б", None),
        ("uk", "7", "ї", "7ї"),
        ("und", "7", "ї", None),
    ],
)
def test_digits_with_an_ending_behind_them_are_ordinals(
    language: str, digits: str, behind: str, key: str | None
) -> None:
    assert written_ordinal(digits, behind, language=language) == key


def test_a_small_ordinal_is_a_word_that_tells_its_number() -> None:
    assert ordinal("fifth", language="en") == "5th"
    assert ordinal("пятого", language="ru") == "5го"
    assert ordinal("шоста", language="uk") == "6а"
    assert ordinal("пять", language="ru") is None


@pytest.mark.parametrize(
    ("language", "words", "number"),
    [
        ("en", "two million three hundred thousand and five", 2_300_005),
        ("ru", "миллион двести тысяч", 1_200_000),
        ("uk", "два мільйони сто", 2_000_100),
    ],
)
def test_millions_are_read(language: str, words: str, number: int) -> None:
    assert spelled_number(words.split(), language=language) == (number, len(words.split()))
