"""
What may be asked of an engine: which one, for which language, task and channel.

A request names an engine that needs no path: only the operator's settings may point at
files. Whether the weights are there is for the worker to find out; here only what can never
work is refused.
"""

import re
from enum import StrEnum

from app.core import languages
from app.core.errors import Invalid
from app.recordings.models import Identification


class Task(StrEnum):
    """
    Write down what is said, or what it means in English.

    The library's own `engines.Task`, spelled again because the web process imports no engines.
    """

    TRANSCRIBE = "transcribe"
    TRANSLATE = "translate"


DRAFT = "pocketsphinx"
INTO = "en"
"""The one language that engines translate into."""
MOST_CHANNELS = 64
"""More than this the decoder refuses anyhow."""
_UNTRANSLATING = re.compile(rf"{DRAFT}|whisper:(?:.+\.en|large-v3-turbo|turbo)(?:\+.*)?")


class Variant(StrEnum):
    """
    Settings for a second hearing, as the engines name them: what leaves a loop comes first.

    `warm` and `hot` sample instead of taking the likeliest word, from a fixed seed.
    """

    WARM = "warm"
    BEAM5 = "beam5"
    HOT = "hot"
    SHORT = "short"
    UNTIMED = "untimed"


QUANTISED = "int8"
_SETTINGS = rf"(?:\+(?:{'|'.join(Variant)}|{QUANTISED}))*"
_NAMED = re.compile(
    r"pocketsphinx|whisper:(?:exercise|(?:tiny|base|small|medium)(?:\.en)?"
    rf"|large(?:-v[123])?|large-v3-turbo|turbo){_SETTINGS}"
)


def again(name: str | None) -> str | None:
    """The engine of an earlier transcript, if it can be asked for by name; else the default."""
    return name if name and _NAMED.fullmatch(name) else None


def unvaried(name: str) -> str:
    """The engine under its usual settings, but with whole-number layers where it had them."""
    base, *variants = name.split("+")
    return "+".join((base, *(one for one in variants if one == QUANTISED)))


def engine(name: str | None, *, default: str | None) -> str | None:
    """
    Check the engine somebody asked for; `None` stands for the operator's default.

    The default is stored as `None` too, so that its path, if it is one, stays with the operator.
    """
    if name is None or name == default:
        return None
    if not _NAMED.fullmatch(name):
        raise Invalid(
            "no such engine: choose whisper:<model>, whisper:exercise or pocketsphinx",
            field="engine",
        )
    return name


def language(code: str | None, *, engine: str | None) -> str | None:
    """Check the language somebody named; `None` leaves it to the engine to detect."""
    if code is None:
        return None
    known = languages.language(code)
    if known == languages.UNDETERMINED:
        return None
    if engine == DRAFT and known != "en":
        raise Invalid("pocketsphinx makes drafts of English only", field="language")
    return known


def variant(wanted: Variant | None, *, engine: str | None) -> Variant:
    """
    Check the settings for a second hearing by `engine`; without any, the first it is not using.

    `Invalid` for an engine that knows no other settings.
    """
    if engine is not None and not engine.startswith("whisper:"):
        raise Invalid(f"{engine} knows no other settings: name another engine", field="engine")
    used = (engine or "").split("+")[1:]
    return wanted or next((one for one in Variant if one not in used), Variant.WARM)


def task(wanted: Task, *, engine: str | None, language: str | None) -> Task:
    """Check the task; `Invalid` for a translation that this engine or this language cannot have."""
    if wanted is Task.TRANSLATE:
        if engine is not None and _UNTRANSLATING.fullmatch(engine):
            raise Invalid(f"{engine} was not made to translate", field="task")
        if language == INTO:
            raise Invalid("what is said in English needs no translation into it", field="task")
    return wanted


def channel(number: int | None, *, of: Identification | None) -> int | None:
    """Check the channel, counted from 0; `None` mixes them all. Undecoded bytes are not judged."""
    if number is None:
        return None
    there = of.channels if of and of.channels else MOST_CHANNELS
    if not 0 <= number < there:
        raise Invalid(
            f"there is no channel {number}: channels are counted from 0, and the recording has "
            f"{'' if of and of.channels else 'at most '}{there}",
            field="channel",
        )
    return number
