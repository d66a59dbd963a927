"""
A transcript as one run of comparable tokens, each knowing its word and when that was spoken.

The words of all segments are written one after the other and split into tokens together, so
that "twenty five" is one number even where an engine gave it as two words. Punctuation that
engines attach to words ("Houston.") still ends sentences.
"""

from bisect import bisect_right
from dataclasses import dataclass

from transcription.alignment import lexicon
from transcription.alignment.likeness import Unit, units
from transcription.alignment.vocabulary import Vocabulary, collect
from transcription.errors import TextTooLong
from transcription.language import primary
from transcription.span import Span, spanning
from transcription.text import Token, tokens
from transcription.transcript import Segment, Transcript, Word

MAX_WORDS = 200_000
"""The longest transcript that is compared: about a day of unbroken speech."""


@dataclass(frozen=True, slots=True)
class Speech:
    """`tokens[i]` comes from the words `first[i]` to `last[i]` (inclusive) of the transcript."""

    tokens: tuple[Token, ...]
    first: tuple[int, ...]
    last: tuple[int, ...]
    words: tuple[Word, ...]
    segments: tuple[Segment, ...]
    """The segment of each word, in step with `words`."""
    language: str
    units: tuple[Unit, ...]
    """What of each token is compared."""
    vocabulary: Vocabulary

    def span(self, first: int, last: int) -> Span | None:
        """When the tokens from `first` to `last` were spoken, if their words' times are known."""
        start = self.words[self.first[first]].start_ms
        end = self.words[self.last[last]].end_ms
        return spanning(start, end)

    def segment_span(self, first: int, last: int) -> Span | None:
        """When the segments that hold these tokens were spoken, if that much is known."""
        start = self.segments[self.first[first]].start_ms
        end = self.segments[self.last[last]].end_ms
        return spanning(start, end)


def hear(transcript: Transcript) -> Speech:
    """Split a transcript into tokens; `TextTooLong` past `MAX_WORDS`."""
    words: list[Word] = []
    segments: list[Segment] = []
    for segment in transcript.segments:
        own = segment.words or tuple(Word(text) for text in segment.text.split())
        words.extend(own)
        segments.extend([segment] * len(own))
        if len(words) > MAX_WORDS:
            raise TextTooLong("transcript", unit="words", allowed=MAX_WORDS)
    offsets: list[int] = []
    length = 0
    for word in words:
        offsets.append(length)
        length += len(word.text) + 1
    text = " ".join(word.text for word in words)
    found = tokens(text, language=transcript.language)
    language = primary(transcript.language)
    known = lexicon.load(language) if language in lexicon.LANGUAGES else None
    compared = units(found, known)
    return Speech(
        tokens=found,
        first=tuple(bisect_right(offsets, token.start) - 1 for token in found),
        last=tuple(bisect_right(offsets, token.end - 1) - 1 for token in found),
        words=tuple(words),
        segments=tuple(segments),
        language=language,
        units=compared,
        vocabulary=collect(compared, known),
    )
