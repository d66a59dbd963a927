"""Rival wordings of one utterance: every word in one slot, and no wording above the others."""

from hypothesis import given
from hypothesis import strategies as st

from transcription.alignment.wordings import MAX_WORDS, Agreement, Network, side_by_side

FIRST = "seize the commander and kill the rest"
SECOND = "take the commander captive and kill everyone else"
THIRD = "capture the commander and kill the rest"
ELSEWHERE = "you keep the most senior among them, and let the rest go forever"
quotes = st.lists(
    st.lists(
        st.sampled_from("seize kill the rest commander take captive not all … 12 twelve".split()),
        min_size=1,
        max_size=9,
    ).map(" ".join),
    max_size=6,
)


def words(network: Network, wording: int) -> list[str]:
    at = network.wordings.index(wording)
    return [word.text for slot in network.slots if (word := slot.words[at]) is not None]


def drawn(network: Network) -> list[str]:
    return [
        " | ".join(word.text if word else "-" for word in slot.words) for slot in network.slots
    ]


def test_the_published_wordings_of_one_order_stand_slot_by_slot() -> None:
    (network,) = side_by_side([FIRST, SECOND, THIRD], language="en")

    assert drawn(network) == [
        "seize | take | capture",
        "the | the | the",
        "commander | commander | commander",
        "- | captive | -",
        "and | and | and",
        "kill | kill | kill",
        "the | everyone | the",
        "rest | else | rest",
    ]
    assert [slot.agreement for slot in network.slots[:4]] == [
        Agreement.VARIANT,
        Agreement.SAME,
        Agreement.SAME,
        Agreement.MISSING,
    ]


def test_an_utterance_of_another_meaning_is_a_group_of_its_own_or_stands_alone() -> None:
    (network,) = side_by_side([FIRST, ELSEWHERE, SECOND], language="en")
    assert network.wordings == (0, 2)

    one, other = side_by_side([FIRST, ELSEWHERE, SECOND, ELSEWHERE], language="en")
    assert (one.wordings, other.wordings) == ((0, 2), (1, 3))


def test_what_negates_or_reverses_shows_as_a_difference() -> None:
    (network,) = side_by_side(
        [FIRST, "seize the commander and do not kill the rest"], language="en"
    )
    missing = [s.words[1].text for s in network.slots if s.words[0] is None and s.words[1]]
    assert missing == ["do", "not"]

    (network,) = side_by_side([FIRST, "seize the commander and spare the rest"], language="en")
    assert Agreement.DIFFERENT in {slot.agreement for slot in network.slots}


def test_russian_forms_and_listed_words_share_a_slot() -> None:
    (network,) = side_by_side(
        ["командира взять, остальных расстрелять", "командира возьмите, остальных убить"],
        language="ru",
    )
    assert [slot.agreement.value for slot in network.slots] == [
        "same",
        "variant",
        "same",
        "variant",
    ]


def test_a_language_without_rules_is_laid_out_by_plain_words() -> None:
    (network,) = side_by_side(["otwórz bramę teraz", "otwórz tę bramę"], language="pl")
    assert drawn(network)[0] == "otwórz | otwórz"


@given(quotes)
def test_every_word_of_every_wording_is_in_one_slot_in_order(texts: list[str]) -> None:
    seen: list[int] = []
    for network in side_by_side(texts, language="en"):
        assert len(network.wordings) > 1
        assert list(network.wordings) == sorted(network.wordings)
        seen += network.wordings
        for wording in network.wordings:
            assert " ".join(words(network, wording)).split() == texts[wording].split()
        for slot in network.slots:
            assert any(slot.words)
    assert len(seen) == len(set(seen))


@given(quotes)
def test_the_order_of_the_reports_changes_no_group(texts: list[str]) -> None:
    """Where quotes are as long as one another, the first is the pivot; so none are here."""
    texts = list({len(text.split()): text for text in texts}.values())
    forth, back = (
        {
            frozenset(given[at] for at in network.wordings)
            for network in side_by_side(given, language="en")
        }
        for given in (texts, texts[::-1])
    )
    assert forth == back


def test_more_words_than_the_limit_are_left_out_and_nothing_breaks() -> None:
    long = " ".join(["load the truck"] * (MAX_WORDS // 3))
    (network,) = side_by_side([FIRST, SECOND, long, THIRD], language="en")
    assert network.wordings == (0, 1)


def test_quotes_without_a_word_of_content_have_no_group() -> None:
    assert side_by_side(["…", "[unintelligible]", "and the", ""], language="en") == ()
