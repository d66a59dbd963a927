"""
Words of a translation linked to the words spoken: against links drawn by hand, and at what cost.

The pairs are those of `tests/transcription/linking/gold.txt`, of which every second one is held
out: neither lexicon nor rules were changed for it. The cost is that of three layers for a quote in
an hour of exercise traffic, against the comparison with its translation alone.
"""

import random
import time
from collections.abc import Callable

from bench.figure import Figure, median_ratio, rounded
from tests.transcription.linking.gold import count, sentences
from transcription.alignment import align
from transcription.linking.layers import layered
from transcription.training.grammar import phrase
from transcription.transcript import Segment, Transcript, Word

QUOTE = "keep the commander at the bridge, send the wounded to the hospital"
PHRASES, TURNS = 1_200, 5
SEED = 20_261_127


def figures() -> list[Figure]:
    """Precision, recall and F1 of what was held out; the cost of layers."""
    return [_held_out(), _cost()]


def _held_out() -> Figure:
    held = sentences()[1::2]
    precision, recall, f1 = count(held).figures
    facts: dict[str, object] = {
        "pairs": len(held),
        "precision_permille": precision,
        "recall_permille": recall,
    }
    for language in ("ru", "uk"):
        among = [each for each in held if each.language == language]
        facts[f"F1_permille_{language}"] = count(among).figures[2]
    return Figure(name="Word links, F1", value=f1 / 1000, unit="", bar=0.8, facts=facts)


def _cost() -> Figure:
    source, translation = _hour()
    ours: list[float] = []
    alone: list[float] = []
    for _ in range(TURNS):
        ours.append(_seconds(lambda: _layers(source, translation)))
        alone.append(_seconds(lambda: align(QUOTE, quote_language="en", transcript=translation)))
    return Figure(
        name="Three layers, cost",
        value=median_ratio(ours, alone),
        facts={
            "spoken_words": sum(1 for _ in source.words()),
            "layers_s": rounded(ours),
            "comparison_alone_s": rounded(alone),
        },
    )


def _layers(source: Transcript, translation: Transcript) -> object:
    found = layered(QUOTE, quote_language="en", source=source, translation=translation)
    return found.as_data()


def _seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _hour() -> tuple[Transcript, Transcript]:
    """Phrases of the exercise in Russian, with times by word, and in English, by line."""
    chance = random.Random(SEED)
    spoken: list[Segment] = []
    translated: list[Segment] = []
    at = 0
    for _ in range(PHRASES):
        lines = phrase(chance).lines
        russian = lines["ru"].text.split()
        words = tuple(
            Word(word, at + 400 * n, at + 400 * n + 350) for n, word in enumerate(russian)
        )
        end = at + 400 * len(words)
        spoken.append(Segment(lines["ru"].text, at, end, words))
        translated.append(Segment(lines["en"].text, at, end))
        at = end + 500
    return Transcript("ru", tuple(spoken)), Transcript("en", tuple(translated))
