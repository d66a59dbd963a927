"""Putting texts into the decoder's mouth: how likely each token is, over the full vocabulary."""

from collections.abc import Sequence
from typing import Any

from transcription.engines.forced import Forced, ForcedToken, ForcedWord
from transcription.engines.whisper.attention import words
from transcription.engines.whisper.checkpoint import Checkpoint
from transcription.errors import TextTooLong

_AT_ONCE = 8


def encoded(checkpoint: Checkpoint, tokenizer: Any, text: str) -> list[int]:
    """The tokens of a text as speech begins; `TextTooLong` if the model cannot take as many."""
    tokens: list[int] = tokenizer.encode(f" {text.strip()}")
    allowed = checkpoint.model.dims.n_text_ctx - len(tokenizer.sot_sequence) - 2
    if len(tokens) > allowed:
        raise TextTooLong("text", unit="tokens", allowed=allowed)
    return tokens


def forced(
    checkpoint: Checkpoint, tokenizer: Any, texts: Sequence[str], features: Any
) -> tuple[Forced, ...]:
    """Each of `texts` against the same `features`, shape (1, 1500, d); several in one pass."""
    import torch

    prompt = [*tokenizer.sot_sequence, tokenizer.no_timestamps]
    tokens = [encoded(checkpoint, tokenizer, text) for text in texts]
    found: list[Forced] = []
    for first in range(0, len(texts), _AT_ONCE):
        group = tokens[first : first + _AT_ONCE]
        longest = max(map(len, group))
        batch = torch.tensor(
            [[*prompt, *own, *[tokenizer.eot] * (longest - len(own) + 1)] for own in group]
        )
        with torch.no_grad():
            logits = checkpoint.model.decoder(batch, features.expand(len(group), -1, -1))
        for number, own in enumerate(group):
            rows = logits[number, len(prompt) - 1 : len(prompt) + len(own)]
            found.append(_forced(texts[first + number], own, tokenizer, rows.log_softmax(dim=-1)))
    return tuple(found)


def _forced(text: str, tokens: list[int], tokenizer: Any, logprobs: Any) -> Forced:
    """`logprobs`: shape (tokens + 1, vocabulary); the last row is what would follow the text."""
    said = [
        ForcedToken(
            text=tokenizer.decode([token]),
            millinats=round(1000 * float(row[token])),
            best_millinats=round(1000 * float(row.max())),
            rank=int((row > row[token]).sum()),
        )
        for token, row in zip(tokens, logprobs[:-1], strict=True)
    ]
    return Forced(
        text=text,
        words=tuple(
            ForcedWord(word, tuple(said[first:last]))
            for word, first, last in words(tokenizer, tokens)
        ),
        end_millinats=round(1000 * float(logprobs[-1, tokenizer.eot])),
    )
