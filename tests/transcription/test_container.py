"""Headers come from a process that may have been taken over: nothing in them is believed."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcription.container import of_header

GOOD: dict[str, Any] = {
    "format": "flac",
    "codec": "flac",
    "sample_rate_hz": 44_100,
    "channels": 2,
    "channel_layout": "stereo",
    "bit_rate": None,
    "bits_per_sample": 16,
    "declared_duration_ms": 11_000,
    "streams": ["audio"],
    "tags": [["title", "x"]],
    "decoder": "PyAV 18",
}


def test_a_header_becomes_a_value() -> None:
    container = of_header(GOOD)
    assert container.sample_rate_hz == 44_100
    assert container.bit_rate is None
    assert container.tags == (("title", "x"),)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("format", 7),
        ("codec", None),
        ("sample_rate_hz", 0),
        ("sample_rate_hz", True),
        ("sample_rate_hz", 44_100.0),
        ("channels", 65),
        ("bit_rate", -1),
        ("declared_duration_ms", 1 << 53),
        ("streams", "audio"),
        ("streams", [1]),
        ("tags", [["only a key"]]),
        ("tags", [["a", "b", "c"]]),
        ("tags", None),
        ("decoder", []),
    ],
)
def test_a_header_that_lies_about_its_shape_is_refused(field: str, value: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        of_header({**GOOD, field: value})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@given(st.sampled_from(sorted(GOOD)), JSON)
def test_no_header_raises_anything_else(field: str, value: object) -> None:
    try:
        of_header({**GOOD, field: value})
    except ValueError:
        return
