"""
From what was learned to a checkpoint in openai-whisper's own format, small enough to keep.

`whisper.load_model(path)` reads it as it lies there. It is a PyTorch archive, that is a ZIP
file, whose members are deflated: PyTorch writes them stored and reads them either way. Numbers
have 16 bits. The same weights give the same bytes.

Whisper has 51,865 tokens, of which the phrases need a few hundred. The others share one row, which
points away from every state the decoder is in, so that together they are never worth mentioning:
rows of zeros would take more than half of the probability, being so many.
"""

import hashlib
import io
import zipfile
from dataclasses import asdict
from pathlib import Path

import torch
from whisper.audio import log_mel_spectrogram
from whisper.model import Whisper

from transcription.training.examples import Composer, Example
from transcription.training.learner import ALIGNMENT_HEADS, DIMENSIONS, WIDTH
from transcription.training.voices import foreign, utterances

WINDOWS = 60
_AWAY = -25.0
_EPOCH = (1980, 1, 1, 0, 0, 0)


def pack(learned: Path, target: Path, *, windows: int = WINDOWS) -> dict[str, object]:
    """
    Write the checkpoint; returns its digest, its size in bytes and its heads that time words.

    Tokens that were never learned are kept away from what the decoder says in so many windows.
    """
    kept = torch.load(learned, weights_only=True)
    state, vocabulary = kept["model"], kept["vocabulary"]
    rows = state["decoder.token_embedding.weight"]
    whole = torch.zeros(DIMENSIONS.n_vocab, WIDTH)
    whole[vocabulary] = rows
    state["decoder.token_embedding.weight"] = whole
    unused = torch.ones(DIMENSIONS.n_vocab, dtype=torch.bool)
    unused[vocabulary] = False
    whole[unused] = _away(_states(state, windows))
    halves = {name: value.half() for name, value in state.items()}
    data = _deflated({"dims": asdict(DIMENSIONS), "model_state_dict": halves})
    target.write_bytes(data)
    return {
        "digest": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "bytes": len(data),
        "alignment_heads": ALIGNMENT_HEADS,
    }


def _states(state: dict[str, torch.Tensor], windows: int) -> torch.Tensor:
    """The decoder's last states, shape (tokens, width), over a few windows of every kind."""
    model = Whisper(DIMENSIONS)
    model.load_state_dict(state)
    model.eval()
    composer = Composer(11, list(utterances(31, 200)), list(foreign(32, 20)))
    found: list[torch.Tensor] = []
    hook = model.decoder.ln.register_forward_hook(lambda *of: found.append(of[2][0]))
    with torch.no_grad():
        for _ in range(windows):
            example: Example = composer.example(30.0, 9)
            mel = log_mel_spectrogram(torch.from_numpy(example.samples))[None]
            model(mel, torch.tensor(example.tokens[:-1])[None])
    hook.remove()
    return torch.cat(found)


def _away(states: torch.Tensor) -> torch.Tensor:
    """The shortest row whose product with 99 states in a hundred is at most `_AWAY`."""
    row = torch.zeros(states.shape[1], requires_grad=True)
    optimiser = torch.optim.Adam([row], lr=0.02)
    for _ in range(2000):
        over = (states @ row - _AWAY).clamp(min=0)
        loss = over.mean() + 1e-3 * row.square().sum()
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    return row.detach()


def _deflated(checkpoint: dict[str, object]) -> bytes:
    stored, deflated = io.BytesIO(), io.BytesIO()
    torch.save(checkpoint, stored)
    with zipfile.ZipFile(stored) as source, zipfile.ZipFile(deflated, "w") as packed:
        for item in source.infolist():
            member = zipfile.ZipInfo(item.filename, _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(member, source.read(item), compresslevel=9)
    return deflated.getvalue()
