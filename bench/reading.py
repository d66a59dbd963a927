"""
How long it takes to read the quotes of a report, and how that grows.

Growth is measured where it could be bad: marks that are never closed, marks within marks, a
line of dialogue a thousand times over, sentences without end. Four times as long a text may
take four times as long, turn and turn about in one run.
"""

import statistics
import time

from bench.figure import Bound, Figure
from transcription.quotation import propose

TURNS = 3
SHORT = 15_000
TIMES = 4
PROSE = (
    "The service released a radio intercept on Monday. In one exchange a commander tells his men "
    "to “close the bridge and wait,” and repeats it at least three times. “The bridge is closed,” "
    "a soldier replies. The minister Anna Lys said that the recording “leaves no doubt”. "
    "The so-called “bridge affair” has gone on for a year, and nobody was charged.\n"
)
UNITS = {
    "prose": PROSE,
    "never closed": "“a ",
    "straight, never closed": '"a ',
    "single": "'a' ",
    "nested": "“a «b ‘c’ d» e” he said. ",
    "one quote of all paragraphs": "“a b\n",
    "dialogue": "— Бери, — сказал он.\n",
    "a sentence without end": "he said that ",
    "orders": "the order: go ",
    "counts": "said six times ",
    "unseen characters": '\u200b"\u200b',
}


def figures() -> list[Figure]:
    """The growth of the worst text, and the speed of prose."""
    growth: dict[str, float] = {}
    prose: list[float] = []
    for name, unit in UNITS.items():
        ratios = []
        for _ in range(TURNS):
            short, long = _taken(unit, SHORT), _taken(unit, TIMES * SHORT)
            ratios.append(long / TIMES / short)
            if name == "prose":
                prose.append(long)
        growth[name] = statistics.median(ratios)
    worst = max(growth, key=lambda name: growth[name])
    return [
        Figure(
            name="Reading quotes: growth",
            value=growth[worst],
            bound=Bound.AT_MOST,
            bar=2,
            facts={"worst": worst} | {name: f"{value:.2f}" for name, value in growth.items()},
        ),
        Figure(
            name="Reading quotes: prose",
            value=1000 * statistics.median(prose) * 10_000 / (TIMES * SHORT),
            unit="ms for 10,000 characters",
            facts={"seconds": [round(value, 3) for value in prose]},
        ),
    ]


def _taken(unit: str, length: int) -> float:
    """Processor seconds for a text of this unit."""
    text = (unit * (length // len(unit) + 1))[:length]
    before = time.process_time()
    propose(text, language="en")
    return time.process_time() - before
