"""Variants for a second try: named, recorded, and the same again."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcription import exercise
from transcription.activity import Samples
from transcription.engines import load
from transcription.engines.whisper import settings
from transcription.engines.whisper.settings import VARIANTS, Settings, applied, parted
from transcription.errors import EngineUnavailable


@given(
    model=st.sampled_from(["small", "/models/a+b.pt", "c+int9", "exercise"]),
    variants=st.lists(st.sampled_from(sorted(VARIANTS)), max_size=4),
)
def test_a_name_is_parted_from_its_variants(model: str, variants: list[str]) -> None:
    assert parted("+".join((model, *variants))) == (model, tuple(variants))


def test_each_variant_changes_something_and_beams_are_not_sampled_from() -> None:
    assert all(applied(Settings(), (name,)) != Settings() for name in VARIANTS)
    assert applied(Settings(), ("beam5", "warm")).beam == 1
    assert applied(Settings(window_ms=6000), ("short",)).window_ms == 6000
    assert all(name in str(settings.__doc__) for name in VARIANTS)


@pytest.mark.parametrize("variant", ["warm", "beam5", "untimed", "int8"])
def test_a_variant_is_named_recorded_and_gives_the_same_again(
    variant: str, russian: Samples
) -> None:
    name = f"whisper:exercise+{variant}"
    plain = load("whisper:exercise")
    engine = load(name)
    windows = engine.windows(russian)[1:2]
    once = engine.transcribe_windows(russian, windows, language="ru")
    assert engine.name == name
    assert engine.model_digest == exercise.DIGEST
    assert dict(engine.parameters) != dict(plain.parameters)
    assert load(name).transcribe_windows(russian, windows, language="ru") == once
    if variant != "warm":
        assert "вывезти" in "".join(segment.text for segment in once[0])


def test_the_same_weights_under_another_name_are_not_loaded_twice(tmp_path: Path) -> None:
    one, two = load("whisper:exercise"), load("whisper:exercise+short")
    assert getattr(one, "checkpoint", 1) is getattr(two, "checkpoint", 2)


def test_a_file_that_is_no_checkpoint_is_refused_until_it_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "mine.pt"
    path.write_bytes(b"not a checkpoint")
    for _ in range(2):
        with pytest.raises(EngineUnavailable, match="no checkpoint of openai-whisper"):
            load(f"whisper:{path}")
    shutil.copy(exercise.checkpoint(), path)
    assert load(f"whisper:{path}").name == "whisper:mine.pt"


def test_official_weights_of_another_digest_are_refused_with_both(tmp_path: Path) -> None:
    (tmp_path / "tiny.pt").write_bytes(b"not tiny")
    with pytest.raises(EngineUnavailable) as caught:
        load("whisper:tiny", models_dir=tmp_path)
    assert "sha256:65147644a518d12f" in caught.value.reason
    assert str(tmp_path / "tiny.pt") in caught.value.remedy
