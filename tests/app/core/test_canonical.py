"""One spelling for one value, and nothing spelled that could mean two."""

import json
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.canonical import canonical, parse
from app.core.errors import Invalid

SAFE = 2**53 - 1
plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-SAFE, SAFE)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda below: (
        st.lists(below) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), below)
    ),
)


@given(plain)
def test_what_is_spelled_reads_back_as_itself(value: object) -> None:
    assert parse(canonical(value)) == value


@given(plain)
def test_a_value_read_and_spelled_again_has_the_same_bytes(value: object) -> None:
    loose = json.dumps(value, indent=3, ensure_ascii=True)

    assert canonical(parse(loose)) == canonical(value)


@given(st.dictionaries(st.text("абвgde", min_size=1), st.integers(0, 9), min_size=2), st.randoms())
def test_the_order_in_which_keys_were_written_does_not_matter(
    value: dict[str, int], random: Random
) -> None:
    items = list(value.items())
    random.shuffle(items)

    assert canonical(dict(items)) == canonical(value)


def test_keys_are_ordered_by_their_utf_16_units_as_rfc_8785_says() -> None:
    """The example of RFC 8785, 3.2.3: the emoji sorts before the Hebrew letter."""
    value = {"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\u0080": 6, "\u00f6": 7}

    assert list(json.loads(canonical(value))) == [
        "\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "place"),
    [(0.5, "$"), ({"a": [1, 2.0]}, "$.a[1]"), ([{"b": float("nan")}], "$[0].b")],
)
def test_a_float_is_refused_and_its_place_named(value: object, place: str) -> None:
    with pytest.raises(Invalid) as refused:
        canonical(value)

    assert f"at {place}:" in refused.value.message


@pytest.mark.parametrize("value", [2**53 + 1, "\ud800", {"\udfff": 1}])
def test_what_other_readers_would_read_otherwise_is_refused(value: object) -> None:
    with pytest.raises(Invalid):
        canonical(value)


@pytest.mark.parametrize(
    "text", ['{"a":1,"a":2}', "NaN", "[Infinity]", "-Infinity", "{", "", "[" * 100_000]
)
def test_json_that_is_read_differently_by_different_readers_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        parse(text)
