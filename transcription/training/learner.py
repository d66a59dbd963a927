"""
The model under training and its three losses.

Cross-entropy of the tokens, as Whisper's own. Connectionist temporal classification on the
encoder (Graves et al., 2006), which makes it hear words within minutes. And guided attention: two
heads of the last decoder layer are asked to look where the predicted word is said, which
espeak-ng tells. So attention is found early, and the same heads time words afterwards.

Only tokens that occur have a row while training. The rows of timestamps begin as the encoder's
own positions, so that to read a time off the attention is nearly a copy.
"""

from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812 - torch's own name for it
from whisper.model import ModelDimensions, Whisper, sinusoids

from transcription.training.examples import NOTHING, Example
from transcription.training.grammar import LANGUAGES

WIDTH, HEADS, ENCODER_LAYERS, DECODER_LAYERS = 160, 4, 4, 2
DIMENSIONS = ModelDimensions(
    n_mels=80,
    n_audio_ctx=1500,
    n_audio_state=WIDTH,
    n_audio_head=HEADS,
    n_audio_layer=ENCODER_LAYERS,
    n_vocab=51_865,
    n_text_ctx=448,
    n_text_state=WIDTH,
    n_text_head=HEADS,
    n_text_layer=DECODER_LAYERS,
)
GUIDED_HEADS = (0, 1)
ALIGNMENT_HEADS = tuple((DECODER_LAYERS - 1, head) for head in GUIDED_HEADS)
"""(layer, head) of the decoder's cross-attention that follow what is said."""

TIMESTAMPS = 1501
_FRAME_S = 0.02
_MARGIN_FRAMES = 2
_SMOOTHING = 0.02
_WEIGHT_OF_TIMESTAMPS = 0.3
_WEIGHT_OF_HEARING = 0.3
_WEIGHT_OF_LOOKING = 0.3


class Learner:
    """A Whisper with rows for the tokens that occur, and a second way to say what it heard."""

    def __init__(self, tokenizer: Any, text_tokens: list[int]) -> None:
        torch.manual_seed(0)
        self._tokenizer = tokenizer
        special = [
            tokenizer.sot,
            tokenizer.eot,
            tokenizer.transcribe,
            tokenizer.translate,
            tokenizer.no_timestamps,
            tokenizer.no_speech,
            *(tokenizer.to_language_token(language) for language in LANGUAGES),
        ]
        begin = tokenizer.timestamp_begin
        self.vocabulary = sorted(text_tokens) + special + list(range(begin, begin + TIMESTAMPS))
        self._row = {token: row for row, token in enumerate(self.vocabulary)}
        self._words = len(text_tokens)
        self.model = Whisper(DIMENSIONS)
        rows = torch.nn.Embedding(len(self.vocabulary), WIDTH)
        torch.nn.init.normal_(rows.weight, std=0.05)
        with torch.no_grad():
            rows.weight[-TIMESTAMPS:] = 0.1 * sinusoids(TIMESTAMPS, WIDTH)
            torch.nn.init.normal_(self.model.decoder.positional_embedding, std=0.01)
        self.model.decoder.token_embedding = rows
        self._spoken = torch.nn.Linear(WIDTH, self._words + 1)
        self.parameters = [*self.model.parameters(), *self._spoken.parameters()]

    def loss(
        self, mel: torch.Tensor, examples: list[Example]
    ) -> tuple[torch.Tensor, dict[str, float]]:
        """
        The three losses of a batch, added; and each of them by name, to be told.

        `mel` has the shape (batch, 80, frames of 10 ms); windows shorter than thirty seconds
        will do.
        """
        tokens, wanted, low, high = self._targets(examples)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            sound = self._encode(mel)
            logits, attention = self._decode(tokens, sound)
            heard = self._spoken(sound)
        crossed, right = self._crossed(logits.float(), wanted)
        looked = _looked(attention.float(), low, high)
        ctc = self._hearing(heard.float(), examples)
        total = crossed + _WEIGHT_OF_HEARING * ctc + _WEIGHT_OF_LOOKING * looked
        told = {"ce": crossed, "ctc": ctc, "looked": looked, "right": right}
        return total, {name: float(value.detach()) for name, value in told.items()}

    def save(self, path: Path) -> None:
        """Keep what `packing` and `resume` need."""
        torch.save({"model": self.model.state_dict(), "vocabulary": self.vocabulary}, path)

    def resume(self, path: Path) -> None:
        """Go on from kept weights; `ValueError` if they are of another vocabulary."""
        kept = torch.load(path, weights_only=True)
        if kept["vocabulary"] != self.vocabulary:
            raise ValueError("these weights are of another vocabulary")
        self.model.load_state_dict(kept["model"])

    def _encode(self, mel: torch.Tensor) -> torch.Tensor:
        encoder = self.model.encoder
        x = F.gelu(encoder.conv2(F.gelu(encoder.conv1(mel)))).permute(0, 2, 1)
        x = x + encoder.positional_embedding[: x.shape[1]]
        for block in encoder.blocks:
            x = block(x)
        normed: torch.Tensor = encoder.ln_post(x)
        return normed

    def _decode(
        self, tokens: torch.Tensor, sound: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Logits over the rows, and the guided attention (batch, heads, tokens, frames)."""
        decoder = self.model.decoder
        x = decoder.token_embedding(tokens) + decoder.positional_embedding[: tokens.shape[1]]
        for block in decoder.blocks:
            x = x + block.attn(block.attn_ln(x), mask=decoder.mask)[0]
            y, cross = block.cross_attn_ln(x), block.cross_attn
            q, k, v = (
                part.view(*part.shape[:2], HEADS, -1).transpose(1, 2)
                for part in (cross.query(y), cross.key(sound), cross.value(sound))
            )
            weights = (q @ k.transpose(2, 3) * q.shape[-1] ** -0.5).float().softmax(-1)
            x = x + cross.out((weights.to(v.dtype) @ v).transpose(1, 2).flatten(2))
            x = x + block.mlp(block.mlp_ln(x))
        logits = decoder.ln(x) @ decoder.token_embedding.weight.T.to(x.dtype)
        return logits, weights[:, list(GUIDED_HEADS)]

    def _crossed(
        self, logits: torch.Tensor, wanted: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Weighted cross-entropy, and the share of words' tokens that were predicted right."""
        counted = wanted >= 0
        stamps = wanted >= len(self.vocabulary) - TIMESTAMPS
        each = F.cross_entropy(
            logits.flatten(0, 1),
            wanted.clamp(min=0).flatten(),
            reduction="none",
            label_smoothing=_SMOOTHING,
        ).view_as(wanted)
        weight = counted * torch.where(stamps, _WEIGHT_OF_TIMESTAMPS, 1.0)
        words = counted & ~stamps
        right = ((logits.argmax(-1) == wanted) & words).sum() / words.sum()
        return (each * weight).sum() / weight.sum(), right

    def _hearing(self, heard: torch.Tensor, examples: list[Example]) -> torch.Tensor:
        keep = [place for place, example in enumerate(examples) if example.spoken]
        return F.ctc_loss(
            F.log_softmax(heard[keep], -1).transpose(0, 1),
            torch.tensor([self._row[token] for i in keep for token in examples[i].spoken]),
            torch.full((len(keep),), heard.shape[1]),
            torch.tensor([len(examples[i].spoken) for i in keep]),
            blank=self._words,
            zero_infinity=True,
        )

    def _targets(self, examples: list[Example]) -> tuple[torch.Tensor, ...]:
        """Rows going in, rows wanted (-1: not counted), and the frames to look at (-1: any)."""
        shape = (len(examples), max(len(example.tokens) for example in examples) - 1)
        tokens = torch.full(shape, self._row[self._tokenizer.eot])
        wanted, low, high = (torch.full(shape, -1) for _ in range(3))
        for row, example in enumerate(examples):
            ids = torch.tensor([self._row[token] for token in example.tokens])
            tokens[row, : len(ids) - 1] = ids[:-1]
            counted = torch.tensor(example.predicted)
            wanted[row, : len(ids) - 1] = torch.where(counted, ids[1:], -1)
            for place, (start, end) in enumerate(example.heard):
                if (start, end) != NOTHING:
                    # A moment has no width; a word has, and must not be heard early.
                    margin = _MARGIN_FRAMES if start == end else 0
                    low[row, place] = max(int(start / _FRAME_S) - margin, 0)
                    high[row, place] = int(end / _FRAME_S) + margin
        return tokens, wanted, low, high


def _looked(attention: torch.Tensor, low: torch.Tensor, high: torch.Tensor) -> torch.Tensor:
    """How little of the guided attention falls on the frames where a word is said, in nats."""
    frames = torch.arange(attention.shape[-1])
    inside = (frames >= low[..., None]) & (frames <= high[..., None])
    mass = (attention * inside[:, None]).sum(-1).clamp(min=1e-6)
    guided = low >= 0
    return -(mass.log().mean(1) * guided).sum() / guided.sum().clamp(min=1)
