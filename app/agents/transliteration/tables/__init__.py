"""
The tables that the comparison of names stands on, as data files beside this module.

`letters.json` holds the systems of transliteration, the habits of print, and which letters stand
for one another; `given_names.json` groups of given names across languages; `persons.json` titles,
endings and cases; `units.json` echelons, arms of service and abbreviations.
"""

import json
from functools import cache
from importlib import resources
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The table of this name, as it stands in its file."""
    path = resources.files(__package__) / f"{name}.json"
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded
