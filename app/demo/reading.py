"""
What rules read in the reports of the demo, accepted: who repeats whom, what is claimed, who judged.

Every proposal is accepted as it is. What comes of it opens by itself: the sources that are left when
repeats are taken together, the conflict between two dates, the growth of one expert's words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.client import Client
from app.demo import script
from app.demo.telling import Step, Teller

API = "/api/v1"


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who accepts what is proposed for frozen texts, within a step of the story."""

    client: Client
    teller: Teller
    step: Step
    recording_id: str
    repeated_id: str
    """The recording that both reports quote."""

    def accept(self, snapshot_ids: Sequence[str]) -> None:
        """
        Accept what is proposed for these texts, which came in this order.

        Links first, the newest text's before the others': what a report says of its source explains why
        the two are alike.
        """
        for snapshot_id in reversed(snapshot_ids):
            self._links(snapshot_id)
        for snapshot_id in snapshot_ids:
            self._claims(snapshot_id)
            self._assessments(snapshot_id)

    def tell(self) -> None:
        """What came of it, and that it is what was to be expected."""
        place = f"{API}/recordings/{self.recording_id}"
        lineage = self.client.get(f"{API}/recordings/{self.repeated_id}/lineage")
        count, roots = len(lineage["report_ids"]), lineage["root_count"]
        self.teller.say(self.step, f"{count} reports, {roots} independent root(s)")
        self.step.expect(roots == 1, "a repeat was counted as a second source")
        found = self.client.get(f"{place}/conflicts")["items"]
        for conflict in found:
            sides = " or ".join(side["stands_for"] for side in conflict["sides"])
            self.teller.say(self.step, f"in conflict, {conflict['kind']}: {sides}")
            for likely in conflict["explanations"]:
                self.teller.say(self.step, f"   {likely['says']}")
        kinds = [conflict["kind"] for conflict in found]
        self.step.expect(kinds == [script.CONFLICT], f"conflicts: {kinds}")
        summary = self.client.get(f"{place}/assessments")["summary"]
        self.teller.say(self.step, summary)

    def _links(self, snapshot_id: str) -> None:
        place = f"{API}/snapshots/{snapshot_id}"
        while waiting := [
            each
            for each in self.client.get(f"{place}/link-proposals")["items"]
            if each["state"] == "open"
        ]:
            link = waiting[0]
            self.client.post(f"{place}/accepted-link-proposals", {"key": link["key"]})
            self.teller.say(self.step, f"{link['relation']}: {link['why']['relation']}")

    def _claims(self, snapshot_id: str) -> None:
        place = f"{API}/snapshots/{snapshot_id}"
        for claim in self.client.get(f"{place}/claim-proposals")["items"]:
            if claim["predicate"] not in script.READ or claim["role"] != "recording":
                continue
            body = {
                "start": claim["anchor"]["start"],
                "end": claim["anchor"]["end"],
                "predicate": claim["predicate"],
                "subject_kind": "recording",
                "subject_id": self.recording_id,
            }
            self.client.post(f"{place}/accepted-claim-proposals", body)
            told = claim["value"].get("edtf") or claim["value"].get("name")
            self.teller.say(
                self.step, f"{claim['predicate']}: “{claim['anchor']['exact']}”, {told}"
            )

    def _assessments(self, snapshot_id: str) -> None:
        place = f"{API}/snapshots/{snapshot_id}"
        for read in self.client.get(f"{place}/assessment-proposals")["items"]:
            anchor = read["anchor"]
            if read["restates"]:
                self._restate(snapshot_id, read)
                continue
            body: dict[str, Any] = {
                "start": anchor["start"],
                "end": anchor["end"],
                "question": read["question"],
                "recording_id": self.recording_id,
            }
            made = self.client.post(f"{place}/accepted-assessments", body)
            self.teller.say(self.step, f"{made['assessor_as_described']}: “{made['wording']}”")

    def _restate(self, snapshot_id: str, read: dict[str, Any]) -> None:
        anchor = read["anchor"]
        made = self.client.post(
            f"{API}/assessments/{read['restates']}/restatements",
            {"snapshot_id": snapshot_id, "exact": anchor["exact"], "start": anchor["start"]},
        )
        self.teller.say(self.step, f"told again: “{anchor['exact']}”")
        for reason in made["reasons"]:
            self.teller.say(self.step, f"   {reason['sentence']}")
        self.step.expect(
            set(made["drift"]) >= script.DRIFT, f"it departs otherwise: {made['drift']}"
        )
