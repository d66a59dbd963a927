"""A checkpoint of ours is one of openai-whisper's: read by its own `load_model`, as it lies there."""

import hashlib
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
whisper = pytest.importorskip("whisper")

from transcription.training.examples import Composer  # noqa: E402
from transcription.training.learner import ALIGNMENT_HEADS, DIMENSIONS, Learner  # noqa: E402
from transcription.training.packing import pack  # noqa: E402
from transcription.training.voices import foreign, utterances  # noqa: E402


@pytest.fixture(scope="module")
def composer() -> Composer:
    return Composer(7, list(utterances(5, 80)), list(foreign(8, 4)))


@pytest.fixture(scope="module")
def learned(composer: Composer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("learned") / "learned.pt"
    Learner(composer.tokenizer, composer.text_tokens()).save(path)
    return path


def test_a_packed_checkpoint_is_read_by_whisper_itself(learned: Path, tmp_path: Path) -> None:
    told = pack(learned, tmp_path / "packed.pt", windows=6)
    data = (tmp_path / "packed.pt").read_bytes()
    assert told["digest"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
    model = whisper.load_model(str(tmp_path / "packed.pt"), device="cpu")
    assert model.dims == DIMENSIONS
    assert model.is_multilingual
    kept = torch.load(learned, weights_only=True)
    rows = model.decoder.token_embedding.weight[kept["vocabulary"]]
    assert torch.allclose(rows, kept["model"]["decoder.token_embedding.weight"], atol=1e-3)
    assert all(layer < model.dims.n_text_layer for layer, _ in ALIGNMENT_HEADS)


def test_a_step_of_training_lessens_the_loss_it_is_made_on(composer: Composer) -> None:
    from whisper.audio import log_mel_spectrogram

    learner = Learner(composer.tokenizer, composer.text_tokens())
    examples = [composer.example(5.0, 1) for _ in range(4)]
    mel = torch.stack([log_mel_spectrogram(torch.from_numpy(e.samples)) for e in examples])
    optimiser = torch.optim.Adam(learner.parameters, lr=1e-3)
    losses = []
    for _ in range(5):
        loss, told = learner.loss(mel, examples)
        assert set(told) == {"ce", "ctc", "looked", "right"}
        losses.append(float(loss.detach()))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    assert losses[-1] < losses[0]
