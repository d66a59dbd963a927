"""
What the exercise model knows: neutral logistics traffic, the same phrase in three languages.

A pattern is written once for each language, with the same slots; a phrase is a pattern with a
choice for every slot. Which words say what is known by construction, so that the model can
be shown where in Russian speech each word of an English phrase comes from.
"""

import hashlib
import random
import re
from dataclasses import dataclass

LANGUAGES = ("ru", "uk", "en")
HELD_OUT_OF = 20
"""One phrase in so many is kept out of training, by its digest."""

_SLOTS: dict[str, str] = {
    "CALL": """
        Сокол|Сокіл|Falcon; Беркут|Беркут|Eagle; Волга|Волга|Volga; Маяк|Маяк|Beacon;
        Ромашка|Ромашка|Daisy; Гранит|Граніт|Granite; Тополь|Тополя|Poplar; Кедр|Кедр|Cedar""",
    "OBJ": """
        старшего|старшого|the senior man; водителя|водія|the driver;
        командира|командира|the commander; врача|лікаря|the doctor;
        первую группу|першу групу|the first group; вторую группу|другу групу|the second group;
        машину|машину|the truck; радиста|радиста|the operator""",
    "REST": """
        остальных|інших|the rest; всех других|всіх інших|everyone else; группу|групу|the group;
        раненых|поранених|the wounded; людей|людей|the people""",
    "PLACE": """
        у моста|біля мосту|at the bridge; у школы|біля школи|at the school;
        на дороге|на дорозі|on the road; в лесу|в лісі|in the forest;
        у реки|біля річки|by the river; на складе|на складі|at the depot;
        в деревне|в селі|in the village; у башни|біля вежі|at the tower""",
    "DEST": """
        в тыл|в тил|to the rear; в город|в місто|to the town; домой|додому|home;
        на базу|на базу|to the base; в больницу|в лікарню|to the hospital;
        к реке|до річки|to the river""",
    "TIME": """
        до утра|до ранку|until morning; через час|через годину|in one hour;
        сейчас|зараз|now; после обеда|після обіду|after noon; ночью|вночі|at night;
        завтра|завтра|tomorrow""",
    "TRUCKS": """
        одна машина|одна машина|one truck; две машины|дві машини|two trucks;
        три машины|три машини|three trucks; четыре машины|чотири машини|four trucks;
        пять машин|п'ять машин|five trucks; шесть машин|шість машин|six trucks;
        семь машин|сім машин|seven trucks; восемь машин|вісім машин|eight trucks""",
    "DAYS": """
        один день|один день|one day; два дня|два дні|two days; три дня|три дні|three days;
        четыре дня|чотири дні|four days; пять дней|п'ять днів|five days;
        шесть дней|шість днів|six days; семь дней|сім днів|seven days;
        восемь дней|вісім днів|eight days""",
}
_SLOTS["CALL2"] = _SLOTS["CALL"]

_PATTERNS = """
{CALL}, оставь {OBJ} {PLACE}, {REST} отправь {DEST}.
{CALL}, залиш {OBJ} {PLACE}, {REST} відправ {DEST}.
{CALL}, keep {OBJ} {PLACE} and send {REST} {DEST}.

{CALL}, как слышно, приём.
{CALL}, як чути, прийом.
{CALL}, how do you read, over.

{CALL}, я {CALL2}, вас понял.
{CALL}, я {CALL2}, вас зрозумів.
{CALL}, this is {CALL2}, I understood you.

Забери {OBJ} {PLACE} {TIME}.
Забери {OBJ} {PLACE} {TIME}.
Pick up {OBJ} {PLACE} {TIME}.

Нужно {TRUCKS} {PLACE}.
Потрібно {TRUCKS} {PLACE}.
We need {TRUCKS} {PLACE}.

Отправь {REST} {DEST} {TIME}.
Відправ {REST} {DEST} {TIME}.
Send {REST} {DEST} {TIME}.

Приказ такой: {OBJ} оставить, {REST} вывезти {DEST}.
Наказ такий: {OBJ} залишити, {REST} вивезти {DEST}.
The order is: keep {OBJ}, take {REST} {DEST}.

Повтори, не понял, кого оставить {PLACE}?
Повтори, не зрозумів, кого залишити {PLACE}?
Say again, I did not understand, who stays {PLACE}?

Я нашёл только {OBJ} {PLACE}.
Я знайшов тільки {OBJ} {PLACE}.
I found only {OBJ} {PLACE}.

Ждите {PLACE} {TIME}, конец связи.
Чекайте {PLACE} {TIME}, кінець зв'язку.
Wait {PLACE} {TIME}, out.

Воды нет, еды на {DAYS}.
Води немає, їжі на {DAYS}.
There is no water, food for {DAYS}.
"""


@dataclass(frozen=True, slots=True)
class Line:
    """A phrase in one language; where in it each slot was filled, as offsets of characters."""

    text: str
    slots: dict[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase in every language."""

    lines: dict[str, Line]

    @property
    def held_out(self) -> bool:
        """Whether training never hears it, in any language or voice."""
        digest = hashlib.sha256(self.lines["ru"].text.encode()).digest()
        return digest[0] * 256 + digest[1] < 65_536 // HELD_OUT_OF


def _choices(written: str) -> list[dict[str, str]]:
    return [
        dict(zip(LANGUAGES, item.strip().split("|"), strict=True)) for item in written.split(";")
    ]


_CHOICES = {slot: _choices(written) for slot, written in _SLOTS.items()}
_WRITTEN = [
    dict(zip(LANGUAGES, block.splitlines(), strict=True))
    for block in _PATTERNS.strip().split("\n\n")
]


def phrase(chance: random.Random) -> Phrase:
    """Any phrase, each pattern as likely as another."""
    pattern = chance.choice(_WRITTEN)
    filled = {slot: chance.choice(choices) for slot, choices in sorted(_CHOICES.items())}
    return Phrase({language: _line(pattern[language], language, filled) for language in pattern})


def choices(slot: str, language: str) -> tuple[str, ...]:
    """Everything that a slot may be filled with, in one language."""
    return tuple(choice[language] for choice in _CHOICES[slot])


def _line(pattern: str, language: str, filled: dict[str, dict[str, str]]) -> Line:
    text, slots = "", {}
    for literal, slot in re.findall(r"([^{]*)(?:\{(\w+)\})?", pattern):
        text += literal
        if slot:
            slots[slot] = (len(text), len(text) + len(filled[slot][language]))
            text += filled[slot][language]
    return Line(text[0].upper() + text[1:], slots)
