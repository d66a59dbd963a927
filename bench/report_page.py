"""
How long the page of a report takes on which three hundred things stand.

The text is of some 6,000 words, the things are quotes and citations that overlap as they do in
practice, made over the API. The page is asked for by a signed-in browser's session, once to warm up and
then turn and turn about with the page of the same text with nothing on it; what the server says it
took is read from its own log, so that the way to the client is not measured.
"""

import json
import random
import statistics
import time
from pathlib import Path

from app.client import Client
from app.demo.cast import Cast, assemble
from app.demo.server import Server, running
from bench.figure import Bound, Figure, median_ratio

API = "/api/v1"
ANCHORS = 300
PARAGRAPHS = 60
WORDS_A_PARAGRAPH = 100
TURNS = 15
BAR_MS = 150
ROUTE = "/reports/{report_id}"
VOCABULARY = (
    "the convoy left town at noon station said that nobody had been hurt by north road river "
    "depot six trucks order was given twice commander took rest to rear and it added later"
).split()


def figures(folder: Path) -> list[Figure]:
    """Milliseconds of the server, and how many times those of a page with nothing on it."""
    with running(folder / "report-page", environment={"EARWITNESS_LOG_JSON": "true"}) as server:
        cast = assemble(server)
        try:
            full, empty = _reports(cast)
            times = _measured(server, cast, full, empty)
        finally:
            cast.close()
    return [
        Figure(
            name="Report page with 300 anchors: time of the server",
            value=statistics.median(times["full"]),
            unit="ms",
            bound=Bound.LESS_THAN,
            bar=BAR_MS,
            facts={"anchors": ANCHORS, "full_ms": times["full"], "empty_ms": times["empty"]},
        ),
        Figure(
            name="Report page with 300 anchors: against the same text with none",
            value=median_ratio(times["full"], times["empty"]),
        ),
    ]


def _reports(cast: Cast) -> tuple[str, str]:
    """Two reports of one text: with three hundred things on it, and with none."""
    chosen = random.Random(7)
    client = cast.investigator.client
    text = "\n\n".join(
        " ".join(chosen.choices(VOCABULARY, k=WORDS_A_PARAGRAPH)) + "." for _ in range(PARAGRAPHS)
    )
    made = client.post(f"{API}/recordings", {"case_id": cast.case_id, "title": "Depot traffic"})
    about = {"case_id": cast.case_id, "kind": "news", "language": "en"}
    full, empty = (client.post(f"{API}/reports", about)["id"] for _ in range(2))
    client.post(f"{API}/reports/{empty}/snapshots", {"text": text})
    snapshot = client.post(f"{API}/reports/{full}/snapshots", {"text": text})["id"]
    for number in range(ANCHORS):
        start = chosen.randrange(len(text) - 200)
        passage = {"exact": text[start : start + chosen.randint(20, 180)], "start": start}
        if number % 3:
            quote = {"snapshot_id": snapshot, "language": "en", "form": "direct"}
            target = {"kind": "recording", "recording_id": made["id"]}
            client.post(f"{API}/quotes", {**passage, **quote, "target": target})
        else:
            client.post(
                f"{API}/snapshots/{snapshot}/citations", {**passage, "recording_id": made["id"]}
            )
    return full, empty


def _measured(server: Server, cast: Cast, full: str, empty: str) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {"full": [], "empty": []}
    person, asked = cast.investigator, 0
    with Client(server.url) as browser:
        browser.post(f"{API}/sessions", {"login": person.login, "password": person.password})
        for turn in range(1 + TURNS):
            for name, report in (("full", full), ("empty", empty)):
                answer = browser.http.get(f"/reports/{report}")
                answer.raise_for_status()
                asked += 1
                said = _said(server.log, asked)
                if turn:
                    times[name].append(said)
    return times


def _said(log: Path, count: int) -> float:
    """What the server said of the page it gave as the `count`th, once it has said it."""
    for _ in range(200):
        told = [
            json.loads(line)
            for line in log.read_text(encoding="utf-8").splitlines()
            if line.startswith("{") and line.endswith("}")
        ]
        given = [float(one["duration_ms"]) for one in told if one.get("route") == ROUTE]
        if len(given) >= count:
            return given[count - 1]
        time.sleep(0.02)
    raise RuntimeError("the server's log does not tell of the page")
