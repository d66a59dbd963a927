"""What an engine thinks of a text that was put into its mouth: log-probabilities, token by token."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ForcedToken:
    """
    One token of a forced text: its log-probability and the likeliest token's, in thousandths of a nat.

    Both over the full vocabulary, so that a wish of the model to stop or to be silent counts
    against the text. `rank` 0 means that it is what the model would have said itself.
    """

    text: str
    millinats: int
    best_millinats: int
    rank: int


@dataclass(frozen=True, slots=True)
class ForcedWord:
    """One word, as the tokenizer parts words: its tokens in order; punctuation is a word of its own."""

    text: str
    tokens: tuple[ForcedToken, ...]

    @property
    def millinats(self) -> int:
        """The word's log-probability: the sum of its tokens'."""
        return sum(token.millinats for token in self.tokens)


@dataclass(frozen=True, slots=True)
class Forced:
    """A forced text: its words, and `end_millinats`, the log-probability of ending after it."""

    text: str
    words: tuple[ForcedWord, ...]
    end_millinats: int

    @property
    def millinats(self) -> int:
        """The log-probability of the text and nothing more."""
        return sum(word.millinats for word in self.words) + self.end_millinats
