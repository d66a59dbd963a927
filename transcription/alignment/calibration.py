"""
What was fitted and not decided, as `bench.fitting` wrote it: on what, and with what outcome.

`chance` is ln K and lambda of `significance`; `confidence` the rule of each language; `words` the
lengths of quotes and transcripts, in tokens, that it was fitted on.
"""

import json
from functools import cache
from importlib import resources
from typing import Any


@cache
def calibration() -> dict[str, Any]:
    """The content of `calibration.json`."""
    source = resources.files(__package__).joinpath("calibration.json")
    found: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
    return found
