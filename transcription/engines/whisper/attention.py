"""
When each word is said, by where the decoder looks while it says it.

The text is put through the decoder once more with what the encoder heard (which is not computed
again). The cross-attention of heads that are known to follow the audio gives a matrix of tokens by
20 ms; the cheapest way through it that never goes back gives each token its time. The method is that of
`whisper.timing` in the same release, written anew because it is not part of the package's stable
surface, with four differences: queries and keys are taken from the heads that are wanted instead of
switching the whole package's attention over; the first word may begin anywhere instead of at the
start of the window; so may what follows the last word, since where the decoder looks to see that no more is
said is often at the last words, which would be left without time; and a word's probability is the geometric mean of
its tokens' over the full vocabulary, so that one sure suffix does not hide an unsure stem. A test holds
it to the package's times.

Word-level timestamps from cross-attention: Radford et al., 2022; dynamic time warping: Sakoe and
Chiba, 1978.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from transcription.engines.whisper.checkpoint import Checkpoint

METHOD = "cheapest way 2: begins and ends anywhere"
MS_PER_TOKEN_FRAME = 20
_UNSPACED = frozenset({"zh", "ja", "th", "lo", "my", "yue"})


@dataclass(frozen=True, slots=True)
class Timed:
    """A word with its place among the tokens, and milliseconds from the start of what was encoded."""

    text: str
    first_token: int
    start_ms: int
    end_ms: int
    permille: int


def timed(
    checkpoint: Checkpoint, tokenizer: Any, tokens: list[int], features: Any, duration_ms: int
) -> list[Timed]:
    """
    The words of `tokens` (text only) with their times in what `features`, shape (1, 1500, d), hold.

    `duration_ms` is how much of it is sound. Needs a checkpoint with `heads`.
    """
    if not tokens:
        return []
    import torch

    prompt = [*tokenizer.sot_sequence, tokenizer.no_timestamps]
    whole = torch.tensor([[*prompt, *tokens, tokenizer.eot]])
    with torch.no_grad(), _watched(checkpoint) as seen:
        logits = checkpoint.model.decoder(whole, features)[0, len(prompt) - 1 : -2]
        sure = logits.log_softmax(dim=-1)[torch.arange(len(tokens)), torch.tensor(tokens)]
        columns = max(1, duration_ms // MS_PER_TOKEN_FRAME)
        products = torch.cat(seen())[:, :, :columns]
        cost = -_matrix(products, checkpoint.smoothed_frames)[len(prompt) - 1 : -1]
        cost[-1] = 0  # the end of the text, not a word of it
    at_ms = entered(cost.double().numpy()) * MS_PER_TOKEN_FRAME
    return [
        Timed(
            text,
            first,
            int(at_ms[first]),
            int(at_ms[last]),
            round(1000 * float(sure[first:last].mean().exp())),
        )
        for text, first, last in words(tokenizer, tokens)
    ]


def words(tokenizer: Any, tokens: list[int]) -> list[tuple[str, int, int]]:
    """
    The words of some text tokens, each with its first token and the one after its last.

    As `str.split` parts them; in languages written without spaces as the package does.
    """
    found: list[tuple[str, int, int]] = []
    spaced = tokenizer.language not in _UNSPACED
    first = 0
    for text, part in zip(*tokenizer.split_to_word_tokens(tokens), strict=True):
        last = first + len(part)
        wordless = not any(letter.isalnum() for letter in text)
        joins = not text.startswith(" ") if spaced else wordless
        if found and (joins or not text.strip()):
            before, begins, _ = found[-1]
            found[-1] = (before + text, begins, last)
        else:
            found.append((text, first, last))
        first = last
    return [(text.strip(), first, last) for text, first, last in found]


def entered(cost: NDArray[np.float64]) -> NDArray[np.int64]:
    """
    The column at which each row is entered on the cheapest way through `cost`, shape (rows, columns).

    The way goes on by a column, a row, or both. It may begin in any column of the first row, and
    passes what lies before for nothing.
    """
    rows, columns = cost.shape
    sums = np.cumsum(cost, axis=1)
    before = sums - cost
    came = np.zeros((rows, columns), np.int64)
    best = np.zeros(columns)
    straight = np.zeros((rows, columns), np.bool_)
    for row in range(rows):
        if row:
            aslant = np.concatenate(([np.inf], best[:-1]))
            straight[row] = best < aslant
            best = np.minimum(best, aslant)
        entry = best - before[row]
        lowest = np.minimum.accumulate(entry)
        came[row] = np.maximum.accumulate(np.where(entry <= lowest, np.arange(columns), -1))
        best = sums[row] + lowest
    starts = np.zeros(rows, np.int64)
    column = columns - 1
    for row in range(rows - 1, -1, -1):
        starts[row] = column = came[row][column]
        if row and not straight[row][column]:
            column -= 1
    return starts


@contextmanager
def _watched(checkpoint: Checkpoint) -> Iterator[Any]:
    """Yields a function that gives, after a forward pass, queries times keys: (1, tokens, frames) each."""
    model = checkpoint.model
    kept: dict[tuple[int, str], Any] = {}

    def keeping(name: tuple[int, str]) -> Any:
        return lambda _module, _inputs, output: kept.__setitem__(name, output[0])

    hooks = [
        getattr(model.decoder.blocks[layer].cross_attn, part).register_forward_hook(
            keeping((layer, part))
        )
        for layer in sorted({layer for layer, _ in checkpoint.heads})
        for part in ("query", "key")
    ]

    def products() -> list[Any]:
        size = model.dims.n_text_state // model.dims.n_text_head
        return [
            (kept[layer, "query"][:, head * size : (head + 1) * size] * size**-0.25)
            @ (kept[layer, "key"][:, head * size : (head + 1) * size] * size**-0.25).T[None]
            for layer, head in checkpoint.heads
        ]

    try:
        yield products
    finally:
        for hook in hooks:
            hook.remove()


def _matrix(products: Any, smoothed_frames: int) -> Any:
    """Attention of shape (heads, tokens, frames), made comparable over tokens, smoothed and averaged."""
    import torch
    from torch.nn.functional import pad

    weights = products.softmax(dim=-1)
    deviation, mean = torch.std_mean(weights, dim=-2, keepdim=True, unbiased=False)
    weights = (weights - mean) / deviation
    half = smoothed_frames // 2
    if weights.shape[-1] > half:
        padded = pad(weights, (half, half), mode="reflect")
        weights = padded.unfold(-1, smoothed_frames, 1).sort()[0][..., half]
    return weights.mean(dim=0)
