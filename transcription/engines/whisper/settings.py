"""
How Whisper is asked to decode: the usual way, and named variants for a second try.

A variant is written behind the model's name: `whisper:small+beam5`, `whisper:small+int8+short`. It is
part of the engine's name and of its parameters, so that a transcript says how it was made. What
was flagged (a loop above all) can so be heard again under other settings, as a new transcript:

    beam5     five hypotheses at a time instead of one
    warm      sampled at temperature 0.4, from a fixed seed: leaves a loop that greed cannot leave
    hot       the same at 0.8
    untimed   without timestamps among the tokens
    short     windows of at most 12 s
    int8      linear layers in whole numbers of 8 bits: faster on a CPU, and not quite the same words
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import reduce

from transcription.engines.windows import LONGEST_MS

SHORT_MS = 12_000


@dataclass(frozen=True, slots=True)
class Settings:
    """
    `token_limit` `None` is the package's own: half of the decoder's context. `suppressed` are tokens that
    are never written; -1 stands for the package's list of what is rarely meant as speech.
    """

    temperature_permille: int = 0
    beam: int = 1
    timestamps: bool = True
    window_ms: int = LONGEST_MS
    quantised: bool = False
    token_limit: int | None = None
    suppressed: tuple[int, ...] = (-1,)


VARIANTS: dict[str, Callable[[Settings], Settings]] = {
    "beam5": lambda settings: replace(settings, beam=5),
    "warm": lambda settings: replace(settings, temperature_permille=400),
    "hot": lambda settings: replace(settings, temperature_permille=800),
    "untimed": lambda settings: replace(settings, timestamps=False),
    "short": lambda settings: replace(settings, window_ms=min(settings.window_ms, SHORT_MS)),
    "int8": lambda settings: replace(settings, quantised=True),
}


def parted(asked: str) -> tuple[str, tuple[str, ...]]:
    """`small+int8` as `small` and its variants; a plus that is part of a file's name stays there."""
    model = asked
    variants: list[str] = []
    while True:
        rest, plus, last = model.rpartition("+")
        if not plus or last not in VARIANTS:
            return model, tuple(variants)
        model = rest
        variants.insert(0, last)


def applied(settings: Settings, variants: tuple[str, ...]) -> Settings:
    """`settings` with each of the variants, in order; beams are not sampled from."""
    chosen = reduce(lambda so_far, name: VARIANTS[name](so_far), variants, settings)
    return replace(chosen, beam=1) if chosen.temperature_permille else chosen
