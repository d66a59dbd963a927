"""What may be asked of an engine: names, never paths."""

import pytest

from app.core.errors import Invalid
from app.transcripts import choice

HOUSE = "whisper:/models/ours.pt"


@pytest.mark.parametrize(
    "name",
    [
        "pocketsphinx",
        "whisper:exercise",
        "whisper:tiny.en",
        "whisper:small",
        "whisper:medium",
        "whisper:large-v3",
        "whisper:large-v3-turbo",
        "whisper:turbo",
    ],
)
def test_engines_are_asked_for_by_name(name: str) -> None:
    assert choice.engine(name, default=HOUSE) == name


@pytest.mark.parametrize("name", [None, HOUSE])
def test_the_houses_own_engine_is_not_spelled_out(name: str | None) -> None:
    assert choice.engine(name, default=HOUSE) is None


@pytest.mark.parametrize(
    "name",
    [
        "",
        "other",
        "whisper:",
        "whisper:/etc/passwd",
        "whisper:../small",
        "whisper:small\n",
        "whisper:large.en",
        "scripted:/tmp/words.json",
        "pocketsphinx:small",
    ],
)
def test_a_path_or_an_unknown_name_is_refused(name: str) -> None:
    with pytest.raises(Invalid) as refused:
        choice.engine(name, default=HOUSE)

    assert refused.value.field == "engine"


@pytest.mark.parametrize(
    ("code", "engine", "known"),
    [(None, None, None), ("und", None, None), ("RU", None, "ru"), ("en", "pocketsphinx", "en")],
)
def test_a_language_is_known_or_left_to_the_engine(
    code: str | None, engine: str | None, known: str | None
) -> None:
    assert choice.language(code, engine=engine) == known


@pytest.mark.parametrize(("code", "engine"), [("xx", None), ("", None), ("ru", "pocketsphinx")])
def test_a_language_that_cannot_work_is_refused(code: str, engine: str | None) -> None:
    with pytest.raises(Invalid) as refused:
        choice.language(code, engine=engine)

    assert refused.value.field == "language"
