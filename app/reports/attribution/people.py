"""
Whom "he", "it" and "the publication" stand for: who was last said to say something and could be meant.

At most two paragraphs back. "It" may also stand for the body that the sentence before began with.
"""

from collections.abc import Sequence
from dataclasses import replace

from app.reports.attribution.values import Sayer, SayerKind
from transcription.quotation.lexicon import Lexicon
from transcription.quotation.proposal import Stretch

_PARAGRAPHS_BACK = 2
_BODIES = {SayerKind.ORGANISATION, SayerKind.OFFICE, SayerKind.PUBLICATION, SayerKind.DOCUMENT}
_SOMEBODY = {SayerKind.PERSON, SayerKind.OFFICE, SayerKind.DESCRIBED, SayerKind.PARTICIPANT}
_SEVERAL = {SayerKind.DESCRIBED, SayerKind.ORGANISATION}


class People:
    """Everybody who was said to say something so far, and every publication that was named."""

    def __init__(self, text: str, paragraphs: Sequence[Stretch], lexicon: Lexicon) -> None:
        self._text, self._lexicon = text, lexicon
        self._starts = [paragraph.start for paragraph in paragraphs]
        self._outlets = [
            Stretch(*found.span()) for found in lexicon.pattern("outlets").finditer(text)
        ]
        self._met: list[Sayer] = []

    def meet(self, sayer: Sayer) -> None:
        """Remember somebody who may be meant later."""
        if sayer.kind is not SayerKind.UNCLEAR:
            self._met.append(sayer)

    def resolved(self, sayer: Sayer, paragraph: int, before: Stretch | None) -> Sayer:
        """
        A sayer with whoever a pronoun or "the publication" stands for.

        `before` is the sentence before: only a body in it can be "it".
        """
        since = self._starts[max(0, paragraph - _PARAGRAPHS_BACK)]
        if self._lexicon.lists(sayer.text, "anaphors"):
            return self._outlet(sayer)
        if self._lexicon.lists(sayer.text, "pronouns_thing"):
            since = before.start if before is not None else sayer.place.start
        if sayer.kind is not SayerKind.UNCLEAR:
            return sayer
        meant = self._kinds(sayer.text)
        for met in reversed(self._met):
            if met.place.start < since:
                break
            if met.kind in meant:
                return replace(met, written=sayer.place, description=None)
        return sayer

    def _outlet(self, sayer: Sayer) -> Sayer:
        """The publication named last before "the publication"."""
        for place in reversed(self._outlets):
            named = not self._lexicon.lists(place.of(self._text), "anaphors", "outlet_nouns")
            if place.end <= sayer.place.start and named:
                outlet = place.of(self._text)
                return Sayer(outlet, place, SayerKind.PUBLICATION, written=sayer.place)
        return sayer

    def _kinds(self, pronoun: str) -> set[SayerKind]:
        if self._lexicon.lists(pronoun, "pronouns_thing"):
            return _BODIES
        return _SEVERAL if self._lexicon.lists(pronoun, "pronouns_plural") else _SOMEBODY
