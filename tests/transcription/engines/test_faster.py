"""
Whisper by CTranslate2: the bundled checkpoint, converted here, says what openai-whisper says.

CTranslate2's own converter reads transformers' format only; its specification of a model is filled
from ours directly.
"""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from transcription import exercise
from transcription.audio import samples
from transcription.engines import Forcing, Samples, Task, Window, load, transcribe
from transcription.engines.whisper.checkpoint import Checkpoint
from transcription.errors import EngineUnavailable, UnsupportedLanguage
from transcription.span import Span

AUDIO = Path(__file__).parents[3] / "app/demo/audio"


def converted(checkpoint: Checkpoint, folder: Path) -> Path:
    """Write a checkpoint as CTranslate2 reads it."""
    specs = pytest.importorskip("ctranslate2.specs")
    model = checkpoint.model
    dims = model.dims
    state = {name: value.float().numpy() for name, value in model.state_dict().items()}
    spec = specs.WhisperSpec(
        dims.n_audio_layer, dims.n_audio_head, dims.n_text_layer, dims.n_text_head
    )

    def linear(into: Any, *names: str) -> None:
        into.weight = np.concatenate([state[f"{name}.weight"] for name in names])
        into.bias = np.concatenate(
            [
                state.get(f"{name}.bias", np.zeros(len(state[f"{name}.weight"]), np.float32))
                for name in names
            ]
        )

    def norm(into: Any, name: str) -> None:
        into.gamma, into.beta = state[f"{name}.weight"], state[f"{name}.bias"]

    for side, part in (("encoder", spec.encoder), ("decoder", spec.decoder)):
        part.position_encodings.encodings = state[f"{side}.positional_embedding"]
        norm(part.layer_norm, f"{side}.ln_post" if side == "encoder" else "decoder.ln")
        for number, layer in enumerate(part.layer):
            block = f"{side}.blocks.{number}"
            norm(layer.self_attention.layer_norm, f"{block}.attn_ln")
            linear(
                layer.self_attention.linear[0],
                *(f"{block}.attn.{one}" for one in ("query", "key", "value")),
            )
            linear(layer.self_attention.linear[1], f"{block}.attn.out")
            norm(layer.ffn.layer_norm, f"{block}.mlp_ln")
            linear(layer.ffn.linear_0, f"{block}.mlp.0")
            linear(layer.ffn.linear_1, f"{block}.mlp.2")
            if side == "decoder":
                norm(layer.attention.layer_norm, f"{block}.cross_attn_ln")
                linear(layer.attention.linear[0], f"{block}.cross_attn.query")
                linear(
                    layer.attention.linear[1],
                    *(f"{block}.cross_attn.{one}" for one in ("key", "value")),
                )
                linear(layer.attention.linear[2], f"{block}.cross_attn.out")
    for conv in ("conv1", "conv2"):
        linear(getattr(spec.encoder, conv), f"encoder.{conv}")
    spec.decoder.embeddings.weight = state["decoder.token_embedding.weight"]
    spec.decoder.projection.weight = state["decoder.token_embedding.weight"]
    tokenizer = checkpoint.tokenizer("ru", "transcribe")
    spec.register_vocabulary(
        [
            tokenizer.encoding.decode_single_token_bytes(n).decode("latin1")
            for n in range(dims.n_vocab)
        ]
    )
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = [*tokenizer.encode(" "), tokenizer.eot]
    spec.config.lang_ids = list(tokenizer.all_language_tokens)
    spec.config.alignment_heads = [list(pair) for pair in exercise.ALIGNMENT_HEADS]
    spec.validate()
    spec.optimize()
    folder.mkdir()
    spec.save(str(folder))
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    engine = load("whisper:exercise")
    checkpoint = getattr(engine, "checkpoint")  # noqa: B009 - not part of the protocol
    return converted(checkpoint, tmp_path_factory.mktemp("models") / "exercise-ct2")


@pytest.fixture(scope="module")
def exchange() -> Samples:
    with (AUDIO / "exchange_ru.flac").open("rb") as file:
        return samples(file)


def test_it_hears_what_openai_whisper_hears_and_when(folder: Path, exchange: Samples) -> None:
    theirs, ours = load(f"faster-whisper:{folder}"), load("whisper:exercise")
    windows = ours.windows(exchange)
    heard = [
        [word for segment in own for word in segment.words]
        for engine in (theirs, ours)
        for own in [sum(engine.transcribe_windows(exchange, windows, language="ru"), start=())]
    ]
    texts = [[word.text for word in words] for words in heard]
    same = [pair for pair in zip(*heard, strict=False) if pair[0].text == pair[1].text]
    assert len(same) >= 0.9 * len(texts[1])
    near = [abs((one.start_ms or 0) - (two.start_ms or 0)) <= 200 for one, two in same]
    assert sum(near) >= 0.8 * len(near)
    assert not any(word.interpolated for word in heard[0][:3])


def test_it_translates_and_names_the_language(folder: Path, exchange: Samples) -> None:
    engine = load(f"faster-whisper:{folder}")
    window = Window.of(Span(6500, 10_500))
    assert engine.detect_language(exchange, window) == "ru"
    (found,) = engine.transcribe_windows(exchange, [window], language="ru", task=Task.TRANSLATE)
    assert "commander" in " ".join(segment.text for segment in found)


def test_it_says_what_it_ran_and_gives_the_same_again(folder: Path, exchange: Samples) -> None:
    engine = load(f"faster-whisper:{folder}")
    assert engine.name == "faster-whisper:exercise-ct2"
    assert engine.version.startswith("ctranslate2 4.")
    assert str(engine.model_digest).startswith("sha256:")
    assert engine.parameters["compute_type"] == "int8"
    assert transcribe(engine, exchange, language="ru") == transcribe(
        load(f"faster-whisper:{folder}"), exchange, language="ru"
    )


def test_it_cannot_be_forced_and_refuses_what_it_does_not_know(
    folder: Path, exchange: Samples
) -> None:
    engine = load(f"faster-whisper:{folder}")
    assert not isinstance(engine, Forcing)
    with pytest.raises(UnsupportedLanguage):
        engine.transcribe_windows(exchange, [], language="xx")


def test_a_folder_that_is_no_model_is_named(tmp_path: Path) -> None:
    pytest.importorskip("ctranslate2")
    with pytest.raises(EngineUnavailable, match=r"no model\.bin"):
        load(f"faster-whisper:{tmp_path}")
    for name in ("model.bin", "config.json", "vocabulary.json"):
        (tmp_path / name).write_text("[]" if name == "vocabulary.json" else "{}")
    with pytest.raises(EngineUnavailable, match="cannot be read"):
        load(f"faster-whisper:{tmp_path}")
