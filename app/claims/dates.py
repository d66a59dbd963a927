"""The date that a value holds, wherever it holds it."""

from dataclasses import fields, is_dataclass

from app.claims.values import TemporalValue


def date_in(value: object) -> TemporalValue | None:
    """
    The date of a value: the value itself, or that of its fields which is resolved.

    A statistic has two, its period and its "as of"; the period comes first. An unresolved date is
    given only where there is no other.
    """
    if isinstance(value, TemporalValue):
        return value
    if not is_dataclass(value):
        return None
    found = [getattr(value, each.name) for each in fields(value)]
    dates = [item for item in found if isinstance(item, TemporalValue)]
    return next((item for item in dates if item.edtf is not None), dates[0] if dates else None)
