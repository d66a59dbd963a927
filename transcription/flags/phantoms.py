"""
Phantoms: what models trained on subtitles write where nobody speaks.

Their training data ended in silence with thanks to the viewers and the name of a subtitler. A segment
that is nothing but such a phrase is suspect on an intercept, however sure its engine was. See
Koenecke et al., 2024, and Barański et al., 2025, on "hallucinations" of speech recognition.
"""

import re

_NOT_LETTERS = re.compile(r"[\W_]+")
_WHOLE = frozenset(
    {
        "thanks for watching",
        "thank you for watching",
        "thank you so much for watching",
        "thank you very much for watching",
        "thanks for watching and see you next time",
        "please subscribe",
        "please subscribe to my channel",
        "like and subscribe",
        "see you in the next video",
        "see you next time",
        "дякую за перегляд",
        "дякуємо за перегляд",
        "дякую за увагу до відео",
        "підписуйтесь на канал",
        "підписуйтеся на канал",
        "до зустрічі у наступному відео",
        "спасибо за просмотр",
        "спасибо за подписку",
        "всем спасибо за просмотр",
        "подписывайтесь на канал",
        "подписывайтесь на мой канал",
        "ставьте лайки и подписывайтесь",
        "до новых встреч на канале",
        "продолжение следует",
        "далі буде",
        "конец фильма",
    }
)
_BEGINNING = (
    "субтитры ",
    "субтитри ",
    "редактор субтитров",
    "корректор а ",
    "subtitles by",
    "subtitled by",
    "captions by",
    "transcription by",
    "amara org",
    "www ",
)


def is_phantom(text: str) -> bool:
    """Whether a segment is nothing but a phrase that is written for silence."""
    plain = _NOT_LETTERS.sub(" ", text.casefold()).strip()
    return plain in _WHOLE or f"{plain} ".startswith(_BEGINNING)
