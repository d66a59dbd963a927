"""
Numbers: how much likelier the audio makes the quote than each alternative, with and without the audio.

Every wording of a place is put into the engine's mouth whole, so that the words that follow have a say
(splice scoring), many wordings over one pass of the encoder, the end of the text included and over the
full vocabulary. The same is asked of silence, and taken off: what is left is what the audio adds
to what the words suggest by themselves. Silence is zeros as long as the engine hears: on the exercise
model that told swapped words apart a little better than noise of the recording itself.

Natural logarithms, in thousandths (millinats).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from transcription.activity import SAMPLE_RATE_HZ, Samples
from transcription.engines.engine import Forcing
from transcription.engines.forced import Forced, ForcedWord
from transcription.span import Span
from transcription.support.views import View
from transcription.support.wording import Spelled, spellings, written


class Listener(Forcing, Protocol):
    """An engine that can be forced, as far as it is needed here."""

    @property
    def window_ms(self) -> int:
        """The longest stretch that it hears well."""


@dataclass(frozen=True, slots=True)
class Score:
    """
    One wording in one view: log-probability with the audio and with silence.

    `words` are those of the wording alone, without context, in both.
    """

    heard: int
    silent: int
    words: tuple[tuple[ForcedWord, ForcedWord], ...]

    @property
    def gained(self) -> int:
        """What the audio adds."""
        return self.heard - self.silent

    def added(self, word: int) -> int:
        """What the audio adds to a word, given those before it."""
        heard, silent = self.words[word]
        return heard.millinats - silent.millinats

    def behind(self, word: int) -> int:
        """How far the unlikeliest token of a word lies behind what the engine would rather have said."""
        heard, _ = self.words[word]
        return max(token.best_millinats - token.millinats for token in heard.tokens)


class Scorer:
    """One recording and language, and what is known already of texts and silence."""

    def __init__(self, engine: Listener, samples: Samples, *, language: str) -> None:
        self._engine, self._samples, self._language = engine, samples, language
        self._silent: dict[str, Forced] = {}

    def scores(self, view: View, wordings: Sequence[Sequence[Spelled]]) -> tuple[Score, ...]:
        """Each wording in one view. Raises as `Forcing.forced_logprobs` does."""
        texts = [_whole(view, wording) for wording in wordings]
        heard = self._heard(view, texts)
        silent = self._in_silence(texts)
        skipped = len(view.before.split())
        return tuple(
            Score(one.millinats, other.millinats, _own(one, other, skipped, wording))
            for one, other, wording in zip(heard, silent, wordings, strict=True)
        )

    def spelled(self, view: View, wording: Sequence[Spelled]) -> tuple[Spelled, ...]:
        """The spelling of a wording that suits the engine best: capitals and stops are not evidence."""
        ways = spellings(wording)
        heard = self._heard(view, [_whole(view, way) for way in ways])
        return max(zip(heard, ways, strict=True), key=lambda pair: pair[0].millinats)[1]

    def _heard(self, view: View, texts: Sequence[str]) -> tuple[Forced, ...]:
        return self._engine.forced_logprobs(
            self._samples, view.span, texts, language=self._language
        )

    def _in_silence(self, texts: Sequence[str]) -> list[Forced]:
        """What silence makes of each text: the same in every view."""
        new = [text for text in dict.fromkeys(texts) if text not in self._silent]
        if new:
            length_ms = self._engine.window_ms
            silence = np.zeros(length_ms * SAMPLE_RATE_HZ // 1000, np.float32)
            found = self._engine.forced_logprobs(
                silence, Span(0, length_ms), new, language=self._language
            )
            self._silent |= dict(zip(new, found, strict=True))
        return [self._silent[text] for text in texts]


def _whole(view: View, wording: Sequence[Spelled]) -> str:
    return " ".join(filter(None, (view.before, written(wording), view.after)))


def _own(
    heard: Forced, silent: Forced, skipped: int, wording: Sequence[Spelled]
) -> tuple[tuple[ForcedWord, ForcedWord], ...]:
    """
    The forced words of a wording, one each; a dash that stands alone is a forced word of its own.

    None at all where the engine parts the text otherwise than blanks do.
    """
    found = []
    at = skipped
    for word in wording:
        place = at + word.lead.count(" ")
        at += len(word.text.split())
        if at > len(heard.words):
            return ()
        found.append((heard.words[place], silent.words[place]))
    return tuple(found)
