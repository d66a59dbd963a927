"""
What reports wrote where others wrote something else, of the same recording.

Rival wordings are laid slot by slot (`transcription.alignment.wordings`), in each language by
themselves: a translation is no rival of what it translates. Nothing is voted on, and the slots
say nothing about what was spoken.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.quotes.models import Quote
from transcription.alignment.wordings import Network, side_by_side


@dataclass(frozen=True, slots=True)
class Rivals:
    """Quotes that word one utterance, in one language, and what each has in each slot."""

    language: str
    quotes: tuple[Quote, ...]
    network: Network

    @property
    def differ(self) -> bool:
        """Whether they are not all the same words."""
        return len({quote.exact for quote in self.quotes}) > 1


def rivals(quotes: Sequence[Quote]) -> list[Rivals]:
    """The groups among these quotes that differ somewhere, those of the earliest quote first."""
    by_language: dict[str, list[Quote]] = {}
    for quote in quotes:
        by_language.setdefault(quote.language, []).append(quote)
    found = [
        Rivals(language, tuple(own[at] for at in network.wordings), network)
        for language, own in by_language.items()
        for network in side_by_side([quote.exact for quote in own], language=language)
    ]
    found.sort(key=lambda group: quotes.index(group.quotes[0]))
    return [group for group in found if group.differ]
