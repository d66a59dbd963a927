"""
Numbers as people say them and as they are written, brought to one spelling.

"twenty-five", "двадцать пять", "двадцять п'ять" and "25" are the same number and must not
count as a difference; "four" and "forty" are different ones and must always count.
Cardinals are read up to 999,999,999, in the common case forms of Russian and Ukrainian.
Digits read out one by one ("one two three") stay three numbers, as radio traffic means
them. Fractions and dates are left as words.

Ordinals from twenty on are numbers with an ending: "twenty-fifth" and "25th" are `25th`,
"двадцать пятого" and "25-го" are `25го`, and neither is 25. Smaller ones are words, for "second" is
also a measure of time and "Первый" a call sign; `ordinal` tells which number they mean.
"""

import re
from functools import lru_cache

_EN = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13,
    "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "thousand": 1000,
    "million": 1_000_000, "niner": 9,
}  # fmt: skip

_RU = {
    "ноль": 0, "один": 1, "одна": 1, "одно": 1, "одного": 1, "одной": 1, "одну": 1,
    "два": 2, "две": 2, "двух": 2, "двум": 2, "двумя": 2, "три": 3, "трех": 3, "трем": 3,
    "четыре": 4, "четырех": 4, "пять": 5, "пяти": 5, "шесть": 6, "шести": 6, "семь": 7,
    "семи": 7, "восемь": 8, "восьми": 8, "девять": 9, "девяти": 9, "десять": 10,
    "десяти": 10, "одиннадцать": 11, "двенадцать": 12, "тринадцать": 13, "четырнадцать": 14,
    "пятнадцать": 15, "шестнадцать": 16, "семнадцать": 17, "восемнадцать": 18,
    "девятнадцать": 19, "одиннадцати": 11, "двенадцати": 12, "тринадцати": 13,
    "четырнадцати": 14, "пятнадцати": 15, "шестнадцати": 16, "семнадцати": 17,
    "восемнадцати": 18, "девятнадцати": 19, "двадцать": 20, "двадцати": 20, "тридцать": 30, "тридцати": 30,
    "сорок": 40, "сорока": 40, "пятьдесят": 50, "шестьдесят": 60, "семьдесят": 70,
    "восемьдесят": 80, "девяносто": 90, "сто": 100, "ста": 100, "двести": 200,
    "триста": 300, "четыреста": 400, "пятьсот": 500, "шестьсот": 600, "семьсот": 700,
    "восемьсот": 800, "девятьсот": 900, "тысяча": 1000, "тысячи": 1000, "тысяч": 1000,
    "тысячу": 1000, "миллион": 1_000_000, "миллиона": 1_000_000, "миллионов": 1_000_000,
}  # fmt: skip

_UK = {
    "нуль": 0, "один": 1, "одна": 1, "одне": 1, "одного": 1, "одну": 1, "два": 2, "дві": 2,
    "двох": 2, "три": 3, "трьох": 3, "чотири": 4, "чотирьох": 4, "пять": 5, "пяти": 5,
    "шість": 6, "шести": 6, "сім": 7, "семи": 7, "вісім": 8, "восьми": 8, "девять": 9,
    "девяти": 9, "десять": 10, "десяти": 10, "одинадцять": 11, "дванадцять": 12,
    "тринадцять": 13, "чотирнадцять": 14, "пятнадцять": 15, "шістнадцять": 16,
    "сімнадцять": 17, "вісімнадцять": 18, "девятнадцять": 19, "одинадцяти": 11,
    "дванадцяти": 12, "тринадцяти": 13, "чотирнадцяти": 14, "пятнадцяти": 15,
    "шістнадцяти": 16, "сімнадцяти": 17, "вісімнадцяти": 18, "девятнадцяти": 19, "двадцять": 20,
    "двадцяти": 20, "тридцять": 30, "тридцяти": 30, "сорок": 40, "пятдесят": 50,
    "шістдесят": 60, "сімдесят": 70, "вісімдесят": 80, "девяносто": 90, "сто": 100,
    "двісті": 200, "триста": 300, "чотириста": 400, "пятсот": 500, "шістсот": 600,
    "сімсот": 700, "вісімсот": 800, "девятсот": 900, "тисяча": 1000, "тисячі": 1000,
    "тисяч": 1000, "тисячу": 1000, "мільйон": 1_000_000, "мільйона": 1_000_000,
    "мільйони": 1_000_000, "мільйонів": 1_000_000,
}  # fmt: skip

_VALUES = {"en": _EN, "ru": _RU, "uk": _UK}
_JOINING = {"en": frozenset({"and"})}
_TEN, _HUNDRED, _THOUSAND, _MILLION = 10, 100, 1000, 1_000_000
_LEAST_ORDINAL = 20

_EN_ORDINALS = dict(zip(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth".split(),
    range(1, 20),
    strict=True,
)) | {
    "twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60,
    "seventieth": 70, "eightieth": 80, "ninetieth": 90,
}  # fmt: skip
_RU_ORDINALS = {
    "перв": 1, "втор": 2, "трет": 3, "четверт": 4, "пят": 5, "шест": 6, "седьм": 7, "восьм": 8,
    "девят": 9, "десят": 10, "одиннадцат": 11, "двенадцат": 12, "тринадцат": 13,
    "четырнадцат": 14, "пятнадцат": 15, "шестнадцат": 16, "семнадцат": 17, "восемнадцат": 18,
    "девятнадцат": 19, "двадцат": 20, "тридцат": 30, "сороков": 40, "пятидесят": 50,
    "шестидесят": 60, "семидесят": 70, "восьмидесят": 80, "девяност": 90,
}  # fmt: skip
_UK_ORDINALS = {
    "перш": 1, "друг": 2, "трет": 3, "четверт": 4, "пят": 5, "шост": 6, "сьом": 7, "восьм": 8,
    "девят": 9, "десят": 10, "одинадцят": 11, "дванадцят": 12, "тринадцят": 13,
    "чотирнадцят": 14, "пятнадцят": 15, "шістнадцят": 16, "сімнадцят": 17, "вісімнадцят": 18,
    "девятнадцят": 19, "двадцят": 20, "тридцят": 30, "сороков": 40, "пятдесят": 50,
    "шістдесят": 60, "сімдесят": 70, "вісімдесят": 80, "девяност": 90,
}  # fmt: skip
_STEMS = {"ru": _RU_ORDINALS, "uk": _UK_ORDINALS}
_ENDINGS = {
    "ru": "ый ий ой ая ое ые ого ому ым ом ую ых ыми ья ье ьи ьего ьему ьим ьем ью ьей ьих".split(),
    "uk": "ий ій а е і ого ому им у ої их ими я є ю ього ьому ім ьої іх".split(),
}
_BEHIND_DIGITS = {
    "ru": frozenset("й го му м я ю е х ый ий ой ая ое ые ую ого ому ым ом ых".split()),
    "uk": frozenset("й го му м а я у ю е є х ї і ий ій ої ого ому им их та те ту".split()),
}
_OF_CARDINALS = {"ru": frozenset({"ти", "ми"}), "uk": frozenset({"ти", "ми", "ма"})}
_WRITTEN = re.compile(r"(\d{1,9})(st|nd|rd|th)")
_NUMBER = re.compile(r"(\d+)(\D*)")


@lru_cache(maxsize=65_536)
def begins_number(key: str, *, language: str) -> bool:
    """Whether a folded word is one that a spelled number or ordinal begins with."""
    return key in _VALUES.get(language, ()) or ordinal(key, language=language) is not None


def spelled_number(keys: list[str], *, language: str) -> tuple[int, int] | None:
    """
    Read the longest number that the folded words begin with.

    Answers its value and how many words it takes, or None when the first word is no number.
    A following word joins only where grammar lets it: a unit after a ten, anything smaller
    after hundreds, hundreds before thousands. So "two three" is read as 2 alone.
    """
    values = _VALUES.get(language, {})
    joining = _JOINING.get(language, frozenset[str]())
    if not keys or keys[0] not in values:
        return None
    total = 0  # closed thousands
    group = values[keys[0]]
    if group >= _THOUSAND:
        total, group = group, 0
    taken = 1
    while taken < len(keys):
        ahead = taken + (keys[taken] in joining)
        if ahead >= len(keys) or keys[ahead] not in values:
            break
        if ahead > taken and not (group >= _HUNDRED or (total and not group)):
            break  # "and" joins only after hundreds or thousands
        joined = _join(total, group, values[keys[ahead]])
        if joined is None:
            break
        total, group = joined
        taken = ahead + 1
    return total + group, taken


def ordinal(word: str, *, language: str) -> str | None:
    """The number with its ending that one folded word means ("fifth" is `5th`); None if none."""
    if language == "en":
        value = _EN_ORDINALS.get(word)
        return None if value is None else f"{value}th"
    for ending in _ENDINGS.get(language, ()):
        value = _STEMS[language].get(word.removesuffix(ending)) if word.endswith(ending) else None
        if value is not None:
            return f"{value}{_ending(ending)}"
    return None


def spelled_ordinal(keys: list[str], *, language: str) -> tuple[str, int] | None:
    """
    Read an ordinal from twenty on that the folded words begin with: its key, and the words taken.

    "Twenty second" is left to be a number and a word, for it may be a time.
    """
    value, taken = spelled_number(keys, language=language) or (0, 0)
    if taken >= len(keys) or (language == "en" and keys[taken] == "second"):
        return None
    last = ordinal(keys[taken], language=language)
    if last is None:
        return None
    number, ending = split(last)
    room = 10 if value % _HUNDRED >= _LEAST_ORDINAL else _HUNDRED if value else 0
    if value % max(1, room) or number >= (room or number + 1) or value + number < _LEAST_ORDINAL:
        return None
    return f"{value + number}{ending}", taken + 1


def written_ordinal(digits: str, behind: str, *, language: str) -> str | None:
    """The key of digits with letters behind them ("25th", "25-го"); None if they are no ordinal."""
    if language == "en":
        found = _WRITTEN.fullmatch(digits + behind)
        return f"{int(found[1])}th" if found else None
    if not digits.isdigit():
        return None
    if behind in _OF_CARDINALS.get(language, ()):
        return str(int(digits))
    known = behind in _BEHIND_DIGITS.get(language, ())
    return f"{int(digits)}{_ending(behind)}" if known else None


def split(key: str) -> tuple[int, str]:
    """The number and the ending of a number's key; -1 and the key where it does not begin with one."""
    found = _NUMBER.fullmatch(key)
    return (int(found[1]), found[2]) if found else (-1, key)


def _ending(letters: str) -> str:
    """An ending as it is written behind digits."""
    short = ("го", "му")
    return next((end for end in short if letters.endswith(end)), letters[-1:])


def _join(total: int, group: int, value: int) -> tuple[int, int] | None:
    """Add one more number word to a number being read; None when it begins another."""
    if value == _MILLION:
        return (group * _MILLION, 0) if not total and 0 < group < _THOUSAND else None
    if value == _THOUSAND:
        closed = total % _MILLION
        return (total + group * _THOUSAND, 0) if not closed and 0 < group < _THOUSAND else None
    if value == _HUNDRED and 1 <= group < 10:  # noqa: PLR2004  # "three hundred"
        return total, group * _HUNDRED
    if value == 0:
        return None
    if group == 0:
        return (total, value) if total else None
    room = _HUNDRED if group % _HUNDRED == 0 else 10 if group % _HUNDRED >= 20 else 1  # noqa: PLR2004
    return (total, group + value) if value < room and group % room == 0 else None


def cardinals(language: str) -> tuple[str, ...]:
    """The words for one to ten, folded, each in the form in which one counts; none if not known."""
    found: dict[int, str] = {}
    for word, value in _VALUES.get(language, {}).items():
        if 1 <= value <= _TEN:
            found.setdefault(value, word)
    return tuple(found.values())
