"""The three layers of a translated quote as they are drawn, on a desk and on a phone, in both themes."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.client import upload
from app.demo.cast import Cast
from tests.browser.looking import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

API = "/api/v1"
AUDIO = Path(__file__).resolve().parents[2] / "app/demo/audio/exchange_ru.flac"
SPOKEN = "командира не трогать, раненых вывезти к реке"
TRANSLATED = "Do not touch the commander, take the wounded to the river."
QUOTE = "evacuate the wounded to the river"


@pytest.fixture(scope="module")
def page(people: Cast) -> str:
    """A recording with its words, their translation and an English quote; its address."""
    client = people.investigator.client
    made = client.post(
        f"{API}/recordings",
        {"case_id": people.case_id, "title": "By the river", "languages": ["ru"]},
    )
    metadata = {"recording_id": made["id"], "filename": AUDIO.name}
    upload(client, AUDIO, metadata=metadata)
    lines = {"ru": ("human", SPOKEN), "en": ("translation", TRANSLATED)}
    for language, (kind, text) in lines.items():
        vtt = f"WEBVTT\n\n00:01.000 --> 00:05.000\n{text}\n"
        body = {"content": vtt, "format": "vtt", "kind": kind, "language": language}
        kept = client.post(f"{API}/recordings/{made['id']}/transcripts", body)
    report = client.post(
        f"{API}/reports", {"case_id": people.case_id, "kind": "news", "language": "en"}
    )
    snapshot = client.post(f"{API}/reports/{report['id']}/snapshots", {"text": f"“{QUOTE}”"})
    quote = client.post(
        f"{API}/quotes",
        {
            "snapshot_id": snapshot["id"],
            "exact": QUOTE,
            "language": "en",
            "form": "direct",
            "target": {"kind": "recording", "recording_id": made["id"]},
        },
    )
    client.post(f"{API}/quotes/{quote['id']}/alignments", {"transcript_id": kept["id"]})
    while not _at_rest(client, made["id"]):
        time.sleep(0.2)  # a page under which a job ends loads itself anew
    return f"/recordings/{made['id']}"


def _at_rest(client: Any, recording_id: str) -> bool:
    """Whether the bytes were looked into and nothing more is to be done."""
    (held,) = client.get(f"{API}/recordings/{recording_id}/media-instances")["items"]
    jobs = client.get(f"{API}/jobs")["items"]
    final = {"succeeded", "failed", "cancelled"}
    return bool(held["identification"]) and all(job["state"] in final for job in jobs)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("size", "shape", "other"), [(DESK, "rows", "columns"), (PHONE, "columns", "rows")]
)
def test_layers_are_drawn_to_fit_and_said_in_a_table(
    window: Callable[..., Any],
    people: Cast,
    page: str,
    size: dict[str, int],
    shape: str,
    other: str,
    scheme: str,
) -> None:
    with window(viewport=size, color_scheme=scheme) as look:
        look.sign_in(people.reviewer)
        look.go(page)

        drawing = look.page.locator(f"svg.layers-drawn.{shape}")
        drawing.wait_for()
        assert look.page.locator(f"svg.layers-drawn.{other}").is_hidden()
        words = drawing.locator("g text").all_text_contents()
        assert {"раненых", "вывезти", "реке", "wounded", "take", "evacuate"} <= set(words)
        assert drawing.locator("line.lexicon").count() == len(SPOKEN.split()[3:])
        look.page.get_by_text("As a table").click()
        row = look.page.locator(".layers-table tbody tr").first
        assert "evacuate" in row.inner_text()
        assert "вывезти" in row.inner_text()
        assert look.page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        assert look.complaints == []
        assert look.violations(page) == []  # last: it brings a style of its own


def test_without_scripts_the_drawing_and_the_table_are_there_all_the_same(
    window: Callable[..., Any], people: Cast, page: str
) -> None:
    with window(java_script_enabled=False) as look:
        look.sign_in(people.reviewer)
        look.go(page)

        look.page.locator("svg.layers-drawn.rows").wait_for()
        assert look.page.locator(".layers-table tbody tr").count() == len(QUOTE.split())
