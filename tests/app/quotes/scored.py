"""What an engine said of a quote's words, put together by hand for tests that load no engine."""

from typing import Any

from transcription.span import Span
from transcription.support.alternatives import Alternative, Source
from transcription.support.evidence import Ranked, State, Support, Weighed, WordSupport

NOTICE = "This is evidence for a listener, and no probability."


def place(quote: str, *, wrong: str, said: str) -> dict[str, Any]:
    """One place in which the word `wrong` of the quote is contradicted by `said`."""
    words = quote.split()
    at = words.index(wrong)
    other = Alternative(Source.TRANSCRIPT, at, at + 1, said, wrong)
    weighed = Weighed(other, (-4000, -4100, -4200), (-5000, -5100, -5200))
    told = tuple(
        WordSupport(
            word,
            None,
            None,
            State.CONTRADICTED if number == at else _STATES[number % 2],
            other if number == at else None,
            (900, 950, 1000),
            (0, 0, 0),
            (weighed,) if number == at else (),
        )
        for number, word in enumerate(words)
    )
    missing = Alternative(Source.TRANSCRIPT, 1, 1, "all", "")
    seam = WordSupport(
        "",
        None,
        None,
        State.CONTRADICTED,
        missing,
        (),
        (),
        (Weighed(missing, (-3000, -3000, -3000), (-2000, -2000, -2000)),),
    )
    true = quote.replace(wrong, said)
    found = Support(
        span=Span(1000, 3000),
        views=(Span(400, 3600), Span(0, 4000), Span(0, 4400)),
        words=told,
        seams=(seam,),
        ranking=(Ranked(1, true, (9, 9, 9), (9, 9, 9)), Ranked(0, quote, (1, 1, 1), (1, 1, 1))),
        lead=(4000, 4100, 4200),
        decided=True,
        engine_heard=true,
    )
    return {
        "occurrence": 0,
        "quoted": quote,
        "quote_start": 0,
        "quote_end": len(quote),
        "first_word": 0,
        "last_word": len(words) - 1,
        "heard": true,
        "start_ms": 1000,
        "end_ms": 3000,
        "rivals": [{"quote": "another", "text": true}],
        "support": found.as_data(),
    }


def derivation() -> dict[str, Any]:
    """What pins it."""
    return {
        "engine": "whisper:exercise",
        "model_sha256": "sha256:" + "1" * 64,
        "method": "acoustic-support",
        "method_version": "1",
        "input": {"pcm_sha256": "sha256:" + "5" * 64},
        "notice": NOTICE,
    }


_STATES = (State.SUPPORTED, State.NOT_DECIDABLE)
