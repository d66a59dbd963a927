"""Ranges mean what slices mean, and tags are the digests themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.digest import Digest
from app.http import ranges
from app.http.ranges import Span, Unsatisfiable

TAG = ranges.entity_tag(Digest.of_bytes(b"bytes"))


@given(
    content=st.binary(min_size=1, max_size=64), first=st.integers(0, 80), more=st.integers(0, 80)
)
def test_a_closed_range_is_the_slice(content: bytes, first: int, more: int) -> None:
    header = f"bytes={first}-{first + more}"
    if first >= len(content):
        with pytest.raises(Unsatisfiable):
            ranges.wanted(header, size=len(content))
        return
    span = ranges.wanted(header, size=len(content))
    assert span.partial
    assert content[span.start : span.end] == content[first : first + more + 1]


@given(content=st.binary(min_size=1, max_size=64), first=st.integers(0, 80))
def test_an_open_range_is_the_rest(content: bytes, first: int) -> None:
    if first >= len(content):
        with pytest.raises(Unsatisfiable):
            ranges.wanted(f"bytes={first}-", size=len(content))
        return
    span = ranges.wanted(f"bytes={first}-", size=len(content))
    assert content[span.start : span.end] == content[first:]


@given(content=st.binary(min_size=1, max_size=64), last=st.integers(1, 80))
def test_a_suffix_range_is_the_end(content: bytes, last: int) -> None:
    span = ranges.wanted(f"bytes=-{last}", size=len(content))
    assert content[span.start : span.end] == content[-last:]


def test_a_suffix_of_nothing_is_nothing() -> None:
    with pytest.raises(Unsatisfiable):
        ranges.wanted("bytes=-0", size=10)


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=5-2",
        "bytes=0-1,4-5",
        "items=0-1",
        "bytes=a-b",
    ],
)
def test_what_is_no_single_range_is_as_if_it_were_absent(header: str | None) -> None:
    assert ranges.wanted(header, size=10) == Span(0, 10, partial=False)


@given(st.text(max_size=40))
def test_any_header_is_a_span_inside_or_nothing(header: str) -> None:
    try:
        span = ranges.wanted(header, size=10)
    except Unsatisfiable:
        return
    assert 0 <= span.start < span.end <= 10


def test_a_range_is_meant_only_while_the_bytes_are_the_same() -> None:
    assert ranges.range_applies(None, TAG)
    assert ranges.range_applies(TAG, TAG)
    assert not ranges.range_applies(f"W/{TAG}", TAG)
    assert not ranges.range_applies("Thu, 01 Jan 2026 00:00:00 GMT", TAG)


def test_a_client_that_holds_the_bytes_is_told_so() -> None:
    assert ranges.unchanged(f'"other", W/{TAG}', TAG)
    assert ranges.unchanged("*", TAG)
    assert not ranges.unchanged('"other"', TAG)
    assert not ranges.unchanged(None, TAG)
