"""
How well acoustic support tells what was said from what was not.

By the exercise model, on phrases and voices that neither its training nor its calibration met: one word of each
exchanged, over a rough radio. In each language: how well right and wrong wording are told apart where
both are named (the transcript has the other); what is said of the words of right quotes held against a
transcript that is wrong in one word; and what of the exchanged word where the transcript is right.

On the reading of "Dagon" in `../shared/audio` the published text differs from what is read in 17 of 93
words. There no wording but the published one is given. pocketsphinx lays it along the audio, and a
word is suspected by how badly it fits; or it is suspected where pocketsphinx's own hearing lacks it. The exercise
model knows a few hundred words of made-up traffic and none of this: its figure says that a model must
know the words, and nothing else.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from rapidfuzz.distance import Levenshtein

from bench.figure import Bound, Figure
from transcription import audio
from transcription.activity import SAMPLE_RATE_HZ, Samples
from transcription.engines import load, transcribe
from transcription.engines.pocketsphinx import Pocketsphinx
from transcription.span import Span
from transcription.support import Whole, examine, forcing
from transcription.support.alternatives import Change
from transcription.support.evidence import State, WordSupport
from transcription.training.calibration import auc, measured, separation
from transcription.training.swaps import Part, Swapped, swapped

SHARED = Path(__file__).resolve().parents[2] / "shared" / "audio"
SEED = 77
LANGUAGES = ("ru", "uk", "en")
READING = "en_aligner_dagon.wav"
READ = (
    "I am writing this under an appreciable mental strain, since by tonight I shall be no more. "
    "Penniless, and at the end of my supply of the drug which alone makes life endurable, I can bear "
    "the torture no longer; and shall cast myself from this garret window into the squalid street "
    "below. Do not think from my slavery to morphine that I am a weakling or a degenerate. When you "
    "have read these hastily scrawled pages you may guess, though never fully realise, why it is "
    "that I must have forgetfulness or death."
)
"""What is read: the first paragraph of H. P. Lovecraft's "Dagon" (1919)."""
_OTHERWISE = {"a word too many": Change.DELETION, "a word too few": Change.INSERTION}
_BY: dict[str, Literal["between", "gained"]] = {"": "between", ", by the audio alone": "gained"}
PART_S = 8.5
"""The exercise model hears ten seconds; a part of the reading with a margin."""


def figures(*, phrases: int) -> list[Figure]:
    """Figures of each language over `phrases` phrases in all, and of the reading if it is there."""
    engine = forcing(load("whisper:exercise"))
    every = list(swapped(SEED, phrases, Part.EXAMINATION))
    found: list[Figure] = []
    for language in LANGUAGES:
        own = [one for one in every if one.language == language]
        if not own:
            continue
        said, exchanged = _states(engine, own)
        found.append(_told_apart(engine, language, own))
        for name, states, error in (
            (f"words of right quotes, {language}", said, State.CONTRADICTED),
            (f"exchanged words, {language}", exchanged, State.SUPPORTED),
        ):
            found.append(_undecided(name, states))
            found.append(_mistaken(name, states, error))
    return [*found, *_altered(engine)]


def _told_apart(engine: Whole, language: str, phrases: Sequence[Swapped]) -> Figure:
    numbers = measured(engine, phrases)

    return Figure(
        name=f"one-word swaps told apart, {language}: AUC",
        value=separation(numbers, Change.EXCHANGE) / 1000,
        unit="",
        facts={
            "phrases": len(phrases),
            "by the audio alone": separation(numbers, Change.EXCHANGE, by="gained") / 1000,
            **{
                f"{name}{how}": separation(numbers, change, by=by) / 1000
                for name, change in _OTHERWISE.items()
                for how, by in _BY.items()
            },
            "no other wording named": auc(numbers.behind_unsaid, numbers.behind_said) / 1000,
        },
    )


def _states(engine: Whole, phrases: Sequence[Swapped]) -> tuple[Counter[str], Counter[str]]:
    """How often each state is given: to the words of right quotes, and to exchanged words."""
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for one in phrases:
        at, exchanged = one.exchanged
        right.update(word.state.value for word in _examined(engine, one, one.truth, exchanged))
        wrong[_examined(engine, one, exchanged, one.truth)[at].state.value] += 1
    return right, wrong


def _undecided(name: str, states: Counter[str]) -> Figure:
    return Figure(
        name=f"{name}: not decidable",
        value=_share(states, State.NOT_DECIDABLE),
        unit="%",
        facts=dict(sorted(states.items())),
    )


def _mistaken(name: str, states: Counter[str], error: State) -> Figure:
    """With few phrases a single word decides the share: 200 give each language some sixty."""
    return Figure(
        name=f"{name}: called {error.value}",
        value=_share(states, error),
        unit="%",
        bound=Bound.AT_MOST,
        bar=5,
        facts=dict(sorted(states.items())),
    )


def _share(states: Counter[str], state: State) -> float:
    return 100 * states[state.value] / max(1, sum(states.values()))


def _examined(engine: Whole, one: Swapped, quote: str, transcript: str) -> tuple[WordSupport, ...]:
    return examine(
        engine,
        one.samples,
        quote,
        span=one.span,
        language=one.language,
        heard=transcript,
        context=one.context,
    ).words


def _altered(engine: Whole) -> Iterator[Figure]:
    """Altered words of the published text of the reading, by three ways of suspecting them."""
    path = SHARED / READING
    if not path.is_file():
        return
    entries = json.loads((SHARED / "index.json").read_text(encoding="utf-8"))
    text = next(entry["text"] for entry in entries if entry["file"] == READING)
    published = _words(text)
    with path.open("rb") as file:
        samples = audio.samples(file)
    altered = _missing(published, _words(READ))
    sphinx = Pocketsphinx()
    whole = Span(0, len(samples) * 1000 // SAMPLE_RATE_HZ)
    fits = sphinx.fits(samples, whole, published)
    heard = _words(transcribe(sphinx, samples, language="en").text)
    for name, suspicion in (
        ("pocketsphinx, forced", [None if fit is None else -fit for fit in fits]),
        ("pocketsphinx, its own hearing", [int(one) for one in _missing(published, heard)]),
        ("exercise model, which does not know them", _behind(engine, samples, published)),
    ):
        higher, lower = (
            [
                value
                for value, is_altered in zip(suspicion, altered, strict=True)
                if value is not None and is_altered is wanted
            ]
            for wanted in (True, False)
        )
        yield Figure(
            name=f"altered words of the reading, {name}: AUC",
            value=auc(higher, lower) / 1000,
            unit="",
            facts={"altered": len(higher), "as read": len(lower)},
        )


def _behind(engine: Whole, samples: Samples, published: Sequence[str]) -> list[int | None]:
    """How far each published word lies behind, in parts of the reading of equal numbers of words."""
    length_ms = len(samples) * 1000 // SAMPLE_RATE_HZ
    parts = round(length_ms / 1000 / PART_S + 0.5)
    found: list[int | None] = []
    for part in range(parts):
        first, last = (len(published) * edge // parts for edge in (part, part + 1))
        span = Span(length_ms * part // parts, length_ms * (part + 1) // parts)
        said = examine(
            engine, samples, " ".join(published[first:last]), span=span, language="en"
        ).words
        found += [sorted(word.behind)[len(word.behind) // 2] for word in said]
    return found


def _missing(words: Sequence[str], other: Sequence[str]) -> list[bool]:
    """Of each word, whether the other text lacks it in that place."""
    missing = [True] * len(words)
    for step in Levenshtein.opcodes(words, other):
        if step.tag == "equal":
            missing[step.src_start : step.src_end] = [False] * (step.src_end - step.src_start)
    return missing


def _words(text: str) -> list[str]:
    return re.findall(r"[\w']+", text.lower())
