"""Waiting for an engine in the demo, and telling what it heard."""

from dataclasses import dataclass
from typing import Any

from app.client import Client
from app.demo.telling import Step, Teller
from transcription.span import timecode

API = "/api/v1"


@dataclass(frozen=True, slots=True)
class Hearing:
    """Somebody who asks for transcripts, within a step of the story."""

    client: Client
    teller: Teller
    step: Step

    def finished(self, job: dict[str, Any], title: str) -> dict[str, Any]:
        """Wait for a job that makes a transcript: the transcript, without its words."""
        job = self._watch(job, title)
        problem = job["problem"] or {}
        why = f"{job['state']}: {problem.get('detail') or problem.get('title')}"
        self.step.expect(job["state"] == "succeeded", why)
        made: dict[str, Any] = self.client.get(f"{API}/transcripts/{job['result']['transcript']}")
        return made

    def tell(self, transcript: dict[str, Any]) -> None:
        """Its warning first, then every segment with its time."""
        if transcript["notice"]:
            self.teller.say(self.step, f"({transcript['notice']})")
        content = self.client.get(f"{API}/transcripts/{transcript['id']}/content", format="json")
        for segment in content["transcript"]["segments"]:
            at = "–" if segment["start_ms"] is None else timecode(segment["start_ms"])
            self.teller.say(self.step, f"{at:>7}  {segment['text'].strip()}")

    def _watch(self, job: dict[str, Any], title: str) -> dict[str, Any]:
        with self.teller.progress() as progress:
            task = progress.add_task(title, total=None, note=job["state"])

            def look(now: dict[str, Any]) -> None:
                note = now["stage"] or now["state"]
                progress.update(task, completed=now["done"], total=now["total"], note=note)

            watched: dict[str, Any] = self.client.wait(job, watch=look)
            return watched


def in_layers(place: dict[str, Any]) -> str:
    """Each word of a quote at one place with the translation's and the one spoken; empty for none."""
    linked = (each for each in place["operations"] if each["source"])
    return ", ".join(
        " ← ".join((each["quoted"] or "–", each["spoken"], each["source"]["text"]))
        for each in linked
    )
