"""
Acoustic support: whether the audio bears out each word of a published wording, or a named other one.

    found = examine(engine, samples, "…", span=Span(1_000, 5_000), language="ru")

Text alone can only say what differs between a quote and a transcript, and the transcript may be wrong. Here
the quote itself is put into a Whisper model's mouth, and every word is held against what else may have been
said there: the transcript's words, the engine's own, those of rival publications, listed opposites and numbers,
and nothing at all. What decides is what the audio adds to what the words suggest by themselves, in
three views of the place at once (`scoring`, `views`). The thresholds are measured for each model
(`calibration`); a model that nobody measured gets numbers and no states.

    wording        words with their punctuation, exchanged one at a time
    alternatives   what else may have been said        listed        by the word lists
    views          the place with more and less around it
    scoring        log-probabilities, with the audio and with silence
    judging        states                              evidence      what is kept of all this

It is evidence for a reader and never a verdict: see `LIMITS`. Likelihood ratios of a text and its rivals are the
method of utterance verification (Sukkar and Lee, 1996).
"""

from collections.abc import Sequence
from typing import Protocol

from transcription.activity import SAMPLE_RATE_HZ, Samples
from transcription.engines.engine import Engine, Forcing, Task
from transcription.engines.window import Window
from transcription.errors import (
    EngineUnavailable,
    NothingToAlign,
    TextTooLong,
    UnsupportedLanguage,
)
from transcription.span import Span
from transcription.support import judging
from transcription.support.alternatives import Change, Others, against
from transcription.support.calibration import (
    METHOD,
    VERSION,
    Calibration,
    calibrated_on,
    calibration,
)
from transcription.support.evidence import (
    Ranked,
    State,
    Support,
    Weighed,
    WordSupport,
    ahead,
)
from transcription.support.scoring import Score, Scorer
from transcription.support.views import MARGINS_MS, View, views
from transcription.support.wording import Spelled, spliced, words, written
from transcription.transcript import Word

__all__ = [
    "LIMITS",
    "METHOD",
    "VERSION",
    "State",
    "Support",
    "calibrated_on",
    "examine",
    "forcing",
    "parameters",
]

LIMITS = (
    "A speech model weighs words by what it hears and by what people usually say; the second was taken "
    "off by asking it about silence, but not wholly: a fluent false wording still gets help. This is "
    "evidence for a listener, in thousandths of a natural logarithm, and no probability."
)
MOST_WORDS = 100
"""Nobody says more in half a minute."""
UNSPACED = frozenset({"zh", "ja", "th", "lo", "my", "yue"})


class Whole(Engine, Forcing, Protocol):
    """An engine that hears and can be forced."""


def forcing(engine: Engine) -> Whole:
    """The engine as one that can be forced; `EngineUnavailable` if it cannot."""
    if not isinstance(engine, Forcing):
        raise EngineUnavailable(
            engine.name,
            reason="it cannot be made to say a given text",
            remedy="Choose a Whisper model.",
        )
    return engine


def parameters() -> dict[str, str]:
    """Every setting that bears on the numbers."""
    return {
        "margins_ms": " ".join(map(str, MARGINS_MS)),
        "null_audio": "zeros",
        "spelling": "as published or as a sentence, whichever is likelier",
    }


def examine(
    engine: Whole,
    samples: Samples,
    quote: str,
    *,
    span: Span,
    language: str,
    heard: str | None = None,
    rivals: Sequence[str] = (),
    context: Sequence[Word] = (),
) -> Support:
    """
    What the audio of `span` says of each word of `quote`, which is said to be spoken there.

    `heard` is what a transcript has there, `context` its timed words around, `rivals` other
    published wordings of the same words. `quote` is plain words: marks that stand for others are for the
    caller to take out. Raises `NothingToAlign` for a wording without words, `TextTooLong` for a place or
    a wording that is too long, `UnsupportedLanguage`, and as the engine does.
    """
    if language in UNSPACED:
        raise UnsupportedLanguage(language, by="acoustic support")
    asked = [words(quote), *(words(rival) for rival in rivals)]
    if not all(asked):
        raise NothingToAlign("wording")
    if max(map(len, asked)) > MOST_WORDS:
        raise TextTooLong("wording", unit="words", allowed=MOST_WORDS)
    around = views(
        span,
        context,
        length_ms=len(samples) * 1000 // SAMPLE_RATE_HZ,
        longest_ms=engine.window_ms,
    )
    near = around[0]
    scorer = Scorer(engine, samples, language=language)
    own = _own_hearing(engine, samples, near, language)
    first, *others = (scorer.spelled(near, wording) for wording in asked)
    alternatives = against(
        first,
        Others(
            transcript=heard,
            engine=own or None,
            before=near.before,
            after=near.after,
            rivals=tuple(rivals),
        ),
        language=language,
    )
    splices = [spliced(first, one.first, one.last, one.text) for one in alternatives]
    found = [scorer.scores(view, [first, *others, *splices]) for view in around]
    ranking, lead = _ranked(asked, [row[: len(asked)] for row in found])
    by = calibration(engine.model_digest)
    weighed = [
        Weighed(
            one,
            tuple(row[0].gained - row[len(asked) + at].gained for row in found),
            tuple(row[0].heard - row[len(asked) + at].heard for row in found),
        )
        for at, one in enumerate(alternatives)
    ]
    return Support(
        span=span,
        views=tuple(view.span for view in around),
        words=_words(first, weighed, [row[0] for row in found], by),
        seams=_seams(weighed, by),
        ranking=ranking if rivals else (),
        lead=lead,
        decided=judging.decided(lead, by),
        engine_heard=own,
    )


def _own_hearing(engine: Whole, samples: Samples, view: View, language: str) -> str:
    (segments,) = engine.transcribe_windows(
        samples, (Window.of(view.span),), language=language, task=Task.TRANSCRIBE
    )
    return " ".join(segment.text.strip() for segment in segments)


def _words(
    quote: Sequence[Spelled],
    weighed: Sequence[Weighed],
    in_views: Sequence[Score],
    by: Calibration | None,
) -> tuple[WordSupport, ...]:
    found = []
    for at, word in enumerate(quote):
        told = [score for score in in_views if score.words]
        gained = tuple(score.added(at) for score in told)
        behind = tuple(score.behind(at) for score in told)
        concern = tuple(one for one in weighed if one.alternative.covers(at))
        state, named = judging.judged(concern, gained, behind, by)
        found.append(
            WordSupport(word.core, word.start, word.end, state, named, gained, behind, concern)
        )
    return tuple(found)


def _seams(weighed: Sequence[Weighed], by: Calibration | None) -> tuple[WordSupport, ...]:
    found = []
    inserted = [one for one in weighed if one.change is Change.INSERTION]
    for at in sorted({one.alternative.first for one in inserted}):
        concern = tuple(one for one in inserted if one.alternative.first == at)
        state, named = judging.judged_seam(concern, by)
        found.append(WordSupport("", None, None, state, named, (), (), concern))
    return tuple(found)


def _ranked(
    asked: Sequence[Sequence[Spelled]], in_views: Sequence[Sequence[Score]]
) -> tuple[tuple[Ranked, ...], tuple[int, ...]]:
    """The wordings, likeliest first, and in each view how far the first is ahead of the second."""
    found = [
        Ranked(
            number,
            written(wording),
            tuple(row[number].gained for row in in_views),
            tuple(row[number].heard for row in in_views),
        )
        for number, wording in enumerate(asked)
    ]
    order = sorted(found, key=lambda one: (-_middle(one), one.number))
    if len(order) == 1:
        return tuple(order), ()
    first, second = order[:2]
    lead = ahead(
        [a - b for a, b in zip(first.gained, second.gained, strict=True)],
        [a - b for a, b in zip(first.heard, second.heard, strict=True)],
    )
    return tuple(order), lead


def _middle(one: Ranked) -> int:
    """The middle over the views of both numbers together: half of what silence says is taken off."""
    return sorted(a + b for a, b in zip(one.gained, one.heard, strict=True))[len(one.gained) // 2]
