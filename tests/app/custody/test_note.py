"""Signed notes and checkpoints: the format's own example, and every bent variety of ours."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from app.custody.checkpoint import Checkpoint, opened, unchecked
from app.custody.note import NoteRefused, VerifierKey, check, sign
from app.custody.tiles import EMPTY_ROOT

ORIGIN = "earwitness.example/log"
PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
KEY = VerifierKey.of(ORIGIN, PRIVATE)
CHECKPOINT = Checkpoint(ORIGIN, 7, bytes(range(32)))
NOTE = sign(CHECKPOINT.text, name=ORIGIN, private=PRIVATE)

# The example that the signed-note specification publishes, so that our reading is theirs.
PUBLISHED = (
    "This is an example message.\n\n"
    "\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3"
    "mFXmRKuwHjG1Yu72IneyaQM=\n"
)
PUBLISHED_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"


def test_the_published_example_verifies() -> None:
    text, names = check(PUBLISHED, [VerifierKey.parse(PUBLISHED_KEY)])

    assert text == "This is an example message.\n"
    assert names == ["example.com/foo"]
    assert str(VerifierKey.parse(PUBLISHED_KEY)) == PUBLISHED_KEY


def test_a_checkpoint_is_what_was_signed() -> None:
    assert opened(NOTE, [KEY], origin=ORIGIN) == CHECKPOINT
    assert unchecked(NOTE) == CHECKPOINT
    assert NOTE.startswith(
        "earwitness.example/log\n7\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n"
    )


@given(st.integers(0, len(NOTE.encode()) * 8 - 1))
def test_no_flipped_bit_passes(bit: int) -> None:
    raw = bytearray(NOTE.encode())
    raw[bit // 8] ^= 1 << bit % 8
    try:
        bent = raw.decode()
    except UnicodeDecodeError:
        return  # cannot even be handed in as text

    with pytest.raises(NoteRefused):
        opened(bent, [KEY], origin=ORIGIN)


def test_lines_of_unknown_keys_are_passed_over_and_prove_nothing() -> None:
    stranger = sign(CHECKPOINT.text, name="stranger.example", private=OTHER).split("\n\n")[1]

    assert opened(NOTE + stranger, [KEY]) == CHECKPOINT
    with pytest.raises(NoteRefused, match="none of the keys"):
        opened(CHECKPOINT.text + "\n" + stranger, [KEY])


def test_a_known_name_with_another_key_is_no_signature() -> None:
    forged = sign(CHECKPOINT.text, name=ORIGIN, private=OTHER)

    with pytest.raises(NoteRefused, match="none of the keys"):
        opened(forged, [KEY])


def test_another_logs_checkpoint_is_refused_by_name() -> None:
    with pytest.raises(NoteRefused) as refusal:
        opened(NOTE, [KEY], origin="elsewhere.example/log")

    assert refusal.value.facts == {"expected": "elsewhere.example/log", "found": ORIGIN}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "log\n7\n",
        "log\n07\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "log\n-7\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "log\n7\nAAECAwQ=\n",
        "log\n7\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8\n",
        "log\n7\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\nextension\n",
        "\n7\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
    ],
)
def test_a_checkpoint_has_one_spelling(text: str) -> None:
    with pytest.raises(NoteRefused):
        Checkpoint.parse(text)


@given(st.integers(0, 2**60), st.binary(min_size=32, max_size=32))
def test_what_is_spelled_can_be_read(size: int, root: bytes) -> None:
    checkpoint = Checkpoint(ORIGIN, size, root)

    assert Checkpoint.parse(checkpoint.text) == checkpoint


@pytest.mark.parametrize("name", ["", "two words", "plus+sign", "line\nbreak"])
def test_a_key_cannot_be_called_what_breaks_the_line(name: str) -> None:
    with pytest.raises(NoteRefused):
        sign("text\n", name=name, private=PRIVATE)


@pytest.mark.parametrize(
    "word",
    ["", "name", "name+00000000", PUBLISHED_KEY[:-1], PUBLISHED_KEY.replace("530d", "530e")],
)
def test_a_verifier_key_must_fit_itself(word: str) -> None:
    with pytest.raises(NoteRefused):
        VerifierKey.parse(word)


def test_an_empty_log_has_the_empty_root() -> None:
    assert EMPTY_ROOT.hex().startswith("e3b0c44298fc1c14")
