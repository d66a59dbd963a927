"""The same laws in Russian and Ukrainian, where endings rather than order bear roles."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcription.alignment import Alignment, Verdict, align
from transcription.transcript import Segment, Transcript


@dataclass(frozen=True)
class Tongue:
    language: str
    verbs: tuple[str, ...]
    things: tuple[str, ...]
    places: tuple[str, ...]
    joiner: str
    negation: str


RUSSIAN = Tongue(
    "ru",
    ("забери", "отправь", "осмотри", "встреть", "перевези"),
    ("водителя", "врача", "радиста", "машину", "механика"),
    ("у моста", "у школы", "на складе", "в деревне"),
    "и",
    "не",
)
UKRAINIAN = Tongue(
    "uk",
    ("забери", "відправ", "оглянь", "зустрінь", "перевези"),
    ("водія", "лікаря", "радиста", "машину", "механіка"),
    ("біля мосту", "біля школи", "на складі", "в селі"),
    "та",
    "не",
)
TONGUES = st.sampled_from([RUSSIAN, UKRAINIAN])


@st.composite
def orders(draw: st.DrawFn) -> tuple[Tongue, list[str]]:
    tongue = draw(TONGUES)
    first, second = draw(st.permutations(tongue.verbs))[:2]
    one, other = draw(st.permutations(tongue.things))[:2]
    here, there = draw(st.permutations(tongue.places))[:2]
    text = f"{first} {one} {here} {tongue.joiner} {second} {other} {there}"
    return tongue, text.split()


def compare(tongue: Tongue, quoted: list[str], spoken: list[str]) -> Alignment:
    transcript = Transcript(tongue.language, (Segment(" ".join(spoken)),))
    return align(" ".join(quoted), quote_language=tongue.language, transcript=transcript)


@given(orders())
def test_an_exact_quote_is_verbatim(order: tuple[Tongue, list[str]]) -> None:
    tongue, words = order
    assert compare(tongue, words, ["так", *words, "прийом"]).verdict is Verdict.VERBATIM


@given(orders(), st.data())
def test_trap_a_negation_on_one_side_never_supports(
    order: tuple[Tongue, list[str]], data: st.DataObject
) -> None:
    tongue, words = order
    at = data.draw(st.integers(0, len(words) - 1))
    denied = [*words[:at], tongue.negation, *words[at:]]
    for alignment in (compare(tongue, words, denied), compare(tongue, denied, words)):
        assert not alignment.verdict.supports, alignment.reasons


@given(orders(), st.data())
def test_trap_two_words_exchanged_never_support(
    order: tuple[Tongue, list[str]], data: st.DataObject
) -> None:
    tongue, words = order
    content = [at for at, word in enumerate(words) if word in tongue.verbs + tongue.things]
    one, other = data.draw(st.permutations(content))[:2]
    turned = list(words)
    turned[one], turned[other] = words[other], words[one]
    assert not compare(tongue, turned, words).verdict.supports


@pytest.mark.parametrize(
    ("language", "quoted", "spoken"),
    [
        ("ru", "командир догнал водителя", "командира догнал водитель"),
        ("ru", "водителя догнал командир", "водитель догнал командира"),
        ("ru", "командир взят", "командир взял"),
        ("uk", "командир наздогнав водія", "командира наздогнав водій"),
        ("uk", "водій узятий", "водій узяв"),
    ],
)
def test_trap_roles_changed_by_endings_alone_never_support(
    language: str, quoted: str, spoken: str
) -> None:
    transcript = Transcript(language, (Segment(spoken),))
    alignment = align(quoted, quote_language=language, transcript=transcript)
    assert not alignment.verdict.supports, alignment.reasons
