"""A model of sentences is named in what it says, and what is missing is said."""

from pathlib import Path
from typing import Any

import pytest

from transcription.errors import EngineUnavailable
from transcription.sentences import local


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny model with weights by chance, made here: letters in, eight numbers out."""
    return tiny_model(tmp_path_factory.mktemp("models") / "tiny")


def tiny_model(folder: Path) -> Path:
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from tokenizers import Tokenizer, pre_tokenizers
    from tokenizers.models import WordPiece
    from transformers import BertConfig, BertModel, BertTokenizerFast

    torch.manual_seed(7)
    letters = "abcdefghijklmnopqrstuvwxyzабвгдежзийклмнопрстуфхцчшщъыьэюя"
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters]
    vocabulary += [f"##{letter}" for letter in letters]
    tokens = {token: number for number, token in enumerate(vocabulary)}
    tokenizer = Tokenizer(WordPiece(tokens, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    source = folder.with_name("source")
    shape = {"hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 1}
    config = BertConfig(vocab_size=len(tokens), intermediate_size=16, **shape)
    BertModel(config).save_pretrained(source)
    BertTokenizerFast(tokenizer_object=tokenizer).save_pretrained(source)
    word = Transformer(str(source))
    model: Any = SentenceTransformer(modules=[word, Pooling(8)], device="cpu")
    model.save(str(folder))
    return folder


def test_a_model_from_a_folder_scores_two_sentences_and_says_who_it_is(folder: Path) -> None:
    scorer = local.load(folder)

    assert scorer.alike("keep the commander", "keep the commander") == 1000
    other = scorer.alike("keep the commander", "командира оставить")
    assert -1000 <= other < 1000
    assert scorer.alike("keep the commander", "командира оставить") == other
    assert scorer.name.startswith("sentence-transformers:tiny (")
    assert scorer.model_digest.startswith("sha256:")


@pytest.mark.parametrize("what", ["nothing", "an empty folder", "a broken one"])
def test_a_model_that_is_not_there_is_said_and_what_would_help(what: str, tmp_path: Path) -> None:
    folder = tmp_path / "labse"
    if what != "nothing":
        folder.mkdir()
    if what == "a broken one":
        (folder / "modules.json").write_text('[{"idx": 0, "name": "0", "path": "", "type": "os"}]')

    with pytest.raises(EngineUnavailable) as missing:
        local.load(folder)

    assert missing.value.engine == "sentence-transformers:labse"
    assert missing.value.remedy


def test_without_the_library_the_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local.importlib.util, "find_spec", lambda _: None)

    with pytest.raises(EngineUnavailable, match=r"earwitness\[embeddings\]"):
        local.load(tmp_path)


def test_code_in_a_models_folder_is_never_run(tmp_path: Path) -> None:
    marker = tmp_path / "ran"
    folder = tmp_path / "evil"
    folder.mkdir()
    (folder / "evil.py").write_text(f"open({str(marker)!r}, 'w').close()\nclass Module: pass\n")
    (folder / "modules.json").write_text(
        '[{"idx": 0, "name": "0", "path": "", "type": "evil.Module"}]'
    )

    with pytest.raises(EngineUnavailable):
        local.load(folder)

    assert not marker.exists()
