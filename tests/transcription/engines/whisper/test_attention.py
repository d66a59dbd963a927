"""Word times from attention: the package's method, held to the package's own on the same input."""

import itertools

import numpy as np
import pytest
import torch
import whisper
import whisper.timing
from hypothesis import given, settings
from hypothesis import strategies as st

from transcription.activity.sound import Samples
from transcription.engines.whisper.attention import entered, timed, words
from transcription.engines.whisper.checkpoint import Checkpoint

TEXTS = [
    "Приказ такой: командира оставить, остальных вывезти в тыл.",
    "Повтори, не понял, кого оставить у моста?",
    "Прийом.",
    "We need four trucks by the river, out.",
]


# The others are nowhere in the sound, so that where they begin decides all the rest.
@pytest.mark.parametrize("text", TEXTS[:2])
def test_times_are_those_of_the_package_except_that_the_text_may_begin_later_and_end_earlier(
    checkpoint: Checkpoint, russian: Samples, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`whisper.timing` is no stable surface; the release that this was held to is pinned."""
    through = whisper.timing.dtw

    def ending_anywhere(cost: torch.Tensor) -> object:
        return through(torch.cat([cost[:-1], torch.zeros_like(cost[-1:])]))

    monkeypatch.setattr(whisper.timing, "dtw", ending_anywhere)
    assert whisper.__version__ == "20250625"
    model = checkpoint.model
    sound = russian[16_000 * 6 : 16_000 * 12]
    mel = whisper.log_mel_spectrogram(whisper.pad_or_trim(sound), model.dims.n_mels)
    tokenizer = checkpoint.tokenizer("ru", "transcribe")
    tokens = tokenizer.encode(" " + text)
    usual = model.alignment_heads
    mask = torch.zeros(model.dims.n_text_layer, model.dims.n_text_head, dtype=torch.bool)
    for layer, head in checkpoint.heads:
        mask[layer, head] = True
    model.register_buffer("alignment_heads", mask.to_sparse(), persistent=False)
    try:
        theirs = whisper.timing.find_alignment(
            model, tokenizer, tokens, mel, 600, medfilt_width=checkpoint.smoothed_frames
        )
    finally:
        model.register_buffer("alignment_heads", usual, persistent=False)
    with torch.no_grad():
        features = model.embed_audio(mel[None])
    ours = timed(checkpoint, tokenizer, tokens, features, 6000)

    starts = {len(tokenizer.decode(tokens[: word.first_token]).strip()) for word in ours}
    offset, ends = 0, []
    for word in theirs:
        offset += len(word.tokens)
        ends.append((offset, round(word.end * 1000)))
    at = dict(ends)
    for word, following in itertools.pairwise(ours):
        assert word.end_ms == at[following.first_token]
        assert word.end_ms == following.start_ms
    # Of two ways of one cost, theirs has the last frame of the last word belong to what follows too.
    assert ours[-1].end_ms - ends[-1][1] in (0, 20)
    assert ours[0].start_ms >= 0
    assert len(starts) == len(ours)


def test_no_hook_stays_behind(checkpoint: Checkpoint, russian: Samples) -> None:
    tokenizer = checkpoint.tokenizer("ru", "transcribe")
    features = torch.zeros(1, 1500, checkpoint.model.dims.n_audio_state)
    timed(checkpoint, tokenizer, tokenizer.encode(" приём"), features, 3000)
    assert not any(module._forward_hooks for module in checkpoint.model.modules())


def test_no_text_has_no_words(checkpoint: Checkpoint) -> None:
    tokenizer = checkpoint.tokenizer("ru", "transcribe")
    assert timed(checkpoint, tokenizer, [], torch.zeros(1, 1500, 1), 3000) == []


@pytest.mark.parametrize("text", [*TEXTS, "из-за  моста — «туда» 5.30, don't"])
def test_words_are_parted_where_spaces_are(checkpoint: Checkpoint, text: str) -> None:
    tokenizer = checkpoint.tokenizer("ru", "transcribe")
    tokens = tokenizer.encode(f" {text}")
    found = words(tokenizer, tokens)
    assert [word for word, _, _ in found] == text.split()
    assert [first for _, first, _ in found][1:] == [last for _, _, last in found][:-1]


@given(
    rows=st.integers(1, 7),
    columns=st.integers(1, 9),
    seed=st.integers(0, 2**32 - 1),
)
@settings(max_examples=80, deadline=None)
def test_the_way_is_the_cheapest_of_all(rows: int, columns: int, seed: int) -> None:
    cost = np.random.default_rng(seed).standard_normal((rows, columns))
    found = entered(cost)
    best = np.full((rows, columns), np.inf)
    for row in range(rows):
        for column in range(columns):
            steps = [
                best[row, column - 1] if column else np.inf,
                best[row - 1, column] if row else 0.0,
                best[row - 1, column - 1] if row and column else np.inf,
            ]
            best[row, column] = cost[row, column] + min(steps)
    lasts = [*found[1:].tolist(), columns - 1]
    ways = [0.0]
    for row, first in enumerate(found):
        ways = [
            so_far + cost[row, first : last + 1].sum()
            for so_far in ways
            for last in ({lasts[row], lasts[row] - 1} if row < rows - 1 else {lasts[row]})
            if last >= first
        ]
    assert min(abs(way - best[-1, -1]) for way in ways) < 1e-9
