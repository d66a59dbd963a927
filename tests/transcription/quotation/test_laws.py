"""What holds for any text at all: places are exact, passages nest, nothing breaks."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transcription.errors import TextTooLong, UnsupportedLanguage
from transcription.quotation import MAX_CHARACTERS, MAX_PASSAGES, Reading, propose

MARKS = "“”„‟«»\"″‹›‘’‚'`,—–-:.!?…([{}])>"
PIECES = [
    *MARKS,
    *" \n\t\u00a0\u200b\u202e\u2028\ue000",
    "said",
    "he said",
    "the commander ordered",
    "CNN reported",
    "according to",
    "six times",
    "twice",
    "word",
    "Name",
    "[T]he",
    "[unintelligible]",
    "(them)",
    "radio intercept",
    "сказал",
    "командир",
    'об"єкт',
    "м’ять",
    "\n— Бери, — сказал он.",
    "\n> quoted",
    "\nSoldier: come",
    "שלום",
    "سلام",
    "🎧",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=60).map("".join) | st.text(max_size=200)
LANGUAGES = st.sampled_from([None, "und", "en", "ru", "uk", "de"])


def hold(text: str, read: Reading) -> None:
    """Everything that must be true of a reading of this text."""
    for number, each in enumerate(read.proposals):
        assert 0 <= each.start < each.end <= len(text)
        assert text[each.start : each.end] == each.exact
        if each.inside is not None:
            around = read.proposals[each.inside]
            assert each.inside < number
            assert around.start <= each.start
            assert each.end <= around.end
        if each.reply_to is not None:
            assert each.reply_to < number
        for sign in each.signs:
            assert each.start <= sign.start < sign.end <= each.end
        if each.claim:
            place = each.claim.place
            assert text[place.start : place.end] == each.claim.raw
        if each.speaker:
            place = each.speaker.place
            assert text[place.start : place.end] == each.speaker.text
        for earlier in read.proposals[:number]:
            assert earlier.end <= each.start or each.end <= earlier.end


@settings(max_examples=300, deadline=None)
@given(TEXTS, LANGUAGES)
def test_places_are_exact_and_passages_nest(text: str, language: str | None) -> None:
    hold(text, propose(text, language=language))


@settings(max_examples=100, deadline=None)
@given(TEXTS, LANGUAGES)
def test_the_same_text_is_read_alike(text: str, language: str | None) -> None:
    assert propose(text, language=language) == propose(text, language=language)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.characters(categories=["L", "N", "Zs"]), min_size=1, max_size=80))
def test_plain_words_between_marks_are_always_found(words: str) -> None:
    text = f"He said: “{words}”."
    found = {each.exact for each in propose(text, language="en").proposals}

    assert (words.strip() in found) == any(c.isalnum() for c in words)


@pytest.mark.parametrize(
    "unit",
    ["“a ", '"a ', "« ", "‘a ", "it’s ", "“a «b ‘c’ d» e” he said. ", "“a b\n", "the order: go ",
     "said six times ", "— Бери, — сказал он.\n", "> a\n", '\u200b"', "((", "``", "“x,” he said. "],
)  # fmt: skip
def test_a_pathological_text_gets_a_clear_answer(unit: str) -> None:
    text = unit * (30_000 // len(unit))
    read = propose(text, language="en")

    assert len(read.proposals) <= MAX_PASSAGES
    assert all(text[each.start : each.end] == each.exact for each in read.proposals)
    assert bool(read.note) == (unit in {"“a ", '"a '}), "what was left out is told"


def test_a_text_longer_than_any_report_is_refused_by_name() -> None:
    with pytest.raises(TextTooLong) as refused:
        propose("a" * (MAX_CHARACTERS + 1))

    assert refused.value.allowed == MAX_CHARACTERS


def test_what_is_no_language_is_refused() -> None:
    with pytest.raises(UnsupportedLanguage):
        propose("“a”", language="no language!")


@pytest.mark.parametrize("text", ["", " \n\t", "no marks at all", "“”", "“…”", "\u200b\ufeff"])
def test_a_text_without_quotes_has_none(text: str) -> None:
    assert propose(text).proposals == ()
