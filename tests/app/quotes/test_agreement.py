"""What two listeners have in common is counted in words, the same whoever is named first."""

from hypothesis import given
from hypothesis import strategies as st

from app.quotes.listening.agreement import Agreement, Beside, compare

words = st.sampled_from(
    ["truck", "Truck,", "[truck?]", "зелёный", "зеленый", "[unintelligible]", "[signal lost]", "—"]
)
heard = st.lists(words, max_size=8).map(" ".join)
TURNED = {Beside.ONLY_FIRST: Beside.ONLY_SECOND, Beside.ONLY_SECOND: Beside.ONLY_FIRST}


def drawn(found: Agreement) -> list[str]:
    """One line for each place: what the one heard, how it stands, what the other heard."""
    return [f"{step.first or '-'} {step.beside} {step.second or '-'}" for step in found.steps]


def test_case_commas_and_doubt_tear_no_agreement_apart() -> None:
    found = compare("Six trucks, at nine.", "six [trucks?] at [unintelligible] nine")

    assert drawn(found) == [
        "Six agreed six",
        "trucks, agreed [trucks?]",
        "at agreed at",
        "- neither [unintelligible]",
        "nine. agreed nine",
    ]
    assert (found.agreed, found.differing, found.words) == (4, 0, (4, 4))


def test_dissent_is_said_word_by_word() -> None:
    found = compare("do not spare the rest", "spare the [crosstalk]")

    assert drawn(found) == [
        "do only_first -",
        "not only_first -",
        "spare agreed spare",
        "the agreed the",
        "rest only_first [crosstalk]",
    ]
    assert (found.agreed, found.differing, found.words) == (2, 3, (5, 2))


def test_both_understanding_nothing_is_no_agreement() -> None:
    found = compare("[unintelligible]", "[unintelligible]")

    assert drawn(found) == ["[unintelligible] neither [unintelligible]"]
    assert (found.agreed, found.differing, found.words) == (0, 0, (0, 0))


@given(heard, heard)
def test_whoever_is_named_first_the_counts_are_the_same(first: str, second: str) -> None:
    found, turned = compare(first, second), compare(second, first)

    assert found.words == turned.words[::-1]
    for beside in Beside:
        assert found.count(beside) == turned.count(TURNED.get(beside, beside))


@given(heard, heard)
def test_every_word_of_both_is_in_exactly_one_place(first: str, second: str) -> None:
    found = compare(first, second)

    both = found.count(Beside.AGREED) + found.count(Beside.DIFFERS)
    assert found.words == (
        both + found.count(Beside.ONLY_FIRST),
        both + found.count(Beside.ONLY_SECOND),
    )


@given(heard)
def test_with_oneself_one_agrees(text: str) -> None:
    found = compare(text, text)

    assert found.differing == 0
    assert found.words == (found.agreed, found.agreed)
