"""Identifiers are UUIDs of version 7: they sort by time and say nothing else."""

import uuid

from app.core.identity import new_id
from tests.conftest import FrozenClock


def test_an_identifier_is_a_uuid_of_version_7() -> None:
    value = uuid.UUID(new_id())

    assert (value.version, value.variant) == (7, uuid.RFC_4122)


def test_identifiers_sort_by_the_millisecond_in_which_they_were_made(
    frozen_clock: FrozenClock,
) -> None:
    made = []
    for _ in range(50):
        made.append(new_id())
        frozen_clock.advance(milliseconds=1)

    assert made == sorted(made)


def test_the_time_can_be_read_from_it(frozen_clock: FrozenClock) -> None:
    milliseconds = uuid.UUID(new_id()).int >> 80

    assert milliseconds == int(frozen_clock.at.timestamp() * 1000)


def test_no_two_of_one_instant_are_alike(frozen_clock: FrozenClock) -> None:
    assert len({new_id() for _ in range(2000)}) == 2000
