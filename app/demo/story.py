"""The main job, step by step, over HTTP; every step checks what it was promised."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from app.client import Refused, upload
from app.core.digest import Digest
from app.demo import script
from app.demo.cast import Cast, assemble
from app.demo.hearing import Hearing, in_layers
from app.demo.reading import Reader
from app.demo.script import Intake, Published
from app.demo.server import Server
from app.demo.telling import Step, Teller
from transcription.span import timecode

API = "/api/v1"


@dataclass(frozen=True, slots=True)
class Play:
    """What is played: recordings, reports, the engine that listens; whether all of it is our own."""

    recordings: Sequence[Intake]
    reports: Sequence[Published]
    engine: str | None
    is_scripted: bool = True


@dataclass(slots=True)
class Story:
    """A play under way."""

    server: Server
    teller: Teller
    play: Play
    cast: Cast = field(init=False)
    recordings: list[str] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    snapshots: list[str] = field(default_factory=list)
    quotes: list[str] = field(default_factory=list)
    transcripts: dict[str, dict[str, str]] = field(default_factory=dict)
    """By recording: the transcript in each language."""
    record: dict[str, Any] = field(default_factory=dict)

    def tell(self) -> None:
        """Play every step in order; the first that does not hold ends it."""
        self._people()
        self._acquire()
        self._register()
        self._transcribe()
        self._align()
        self._assess()
        self._review()
        self._fetch()
        self._verify()

    def _people(self) -> None:
        with self.teller.step("A case, an investigator and a reviewer") as step:
            self.cast = assemble(self.server)
            self.teller.say(step, "The administrator opened the case and may read nothing in it.")

    def _acquire(self) -> None:
        client = self.cast.investigator.client
        with self.teller.step("Take recordings into custody") as step:
            for intake in self.play.recordings:
                made = client.post(
                    f"{API}/recordings",
                    {
                        "case_id": self.cast.case_id,
                        "title": intake.title,
                        "kind": intake.kind,
                        "languages": [intake.language] if intake.language else [],
                    },
                )
                with intake.file.open("rb") as source:
                    own = str(Digest.of_stream(source))
                state = self._send(intake, made["id"], own)
                receipt = state["receipt"]
                step.expect(receipt["sha256"] == own, "the server's digest is not ours")
                self.recordings.append(made["id"])
                self.teller.say(
                    step,
                    f"{made['catalogue_no']} {intake.title}: {receipt['size']} bytes, "
                    f"{receipt['sha256'][:23]}…, log entry {receipt['log_index']}",
                )
            step.facts["recordings"] = self.recordings

    def _send(self, intake: Intake, recording_id: str, digest: str) -> dict[str, Any]:
        size = intake.file.stat().st_size
        with self.teller.progress() as progress:
            task = progress.add_task(f"Uploading {intake.file.name}", total=size, note="")
            return upload(
                self.cast.investigator.client,
                intake.file,
                metadata={
                    "recording_id": recording_id,
                    "filename": intake.file.name,
                    "declared_digest": digest,
                    "generation": "claimed_original",
                },
                progress=lambda sent, _: progress.update(task, completed=sent),
            )

    def _register(self) -> None:
        client = self.cast.investigator.client
        with self.teller.step("Register reports and the quotes in them") as step:
            for report in self.play.reports:
                self._publish(client, report)
                self.teller.say(step, f"{report.publisher}: “{report.title}”")
            step.facts.update(reports=self.reports, quotes=self.quotes)
        if not self.play.is_scripted:
            return
        with self.teller.step("Accept what rules read in them beside the quotes") as step:
            reader = Reader(client, self.teller, step, self.recordings[0], self.recordings[-1])
            reader.accept(self.snapshots)
            reader.tell()

    def _publish(self, client: Any, report: Published) -> None:
        made = client.post(
            f"{API}/reports",
            {
                "case_id": self.cast.case_id,
                "kind": "news",
                "language": report.language,
                "title": report.title,
                "publisher": report.publisher,
                "published_edtf": report.published,
            },
        )
        self.reports.append(made["id"])
        snapshot = client.post(f"{API}/reports/{made['id']}/snapshots", {"text": report.text})
        self.snapshots.append(snapshot["id"])
        if report.repeats is not None:
            link = {"to_report_id": self.reports[report.repeats], "relation": "reprints"}
            client.post(f"{API}/reports/{made['id']}/links", {**link, "layer": "claimed"})
        for said in report.quotes:
            body: dict[str, Any] = {
                "snapshot_id": snapshot["id"],
                "exact": said.exact,
                "language": said.language,
                "form": "direct",
                "target": {"kind": "recording", "recording_id": self.recordings[said.recording]},
            }
            if said.speaker:
                body["speaker_as_described"] = said.speaker
            if said.claim:
                body["occurrence_claim"] = dict(
                    zip(("op", "count", "raw"), said.claim, strict=True)
                )
            self.quotes.append(client.post(f"{API}/quotes", body)["id"])

    def _transcribe(self) -> None:
        client = self.cast.investigator.client
        with self.teller.step(
            f"Transcribe with {self.play.engine or 'the default engine'}"
        ) as step:
            for recording, intake in zip(self.recordings, self.play.recordings, strict=True):
                body = {"engine": self.play.engine, "language": intake.language or None}
                job = client.post(f"{API}/recordings/{recording}/transcriptions", body)
                hearing = Hearing(client, self.teller, step)
                made = hearing.finished(job, f"Listening to {intake.title}")
                hearing.tell(made)
                self.transcripts[recording] = {made["language"]: made["id"]}
                if intake.translated:
                    self._translate(hearing, recording, made)
            step.facts["transcripts"] = self.transcripts

    def _translate(self, hearing: Hearing, recording: str, source: dict[str, Any]) -> None:
        address = f"{API}/transcripts/{source['id']}/translations"
        job = hearing.client.post(address, {"engine": self.play.engine})
        made = hearing.finished(job, "Translating, window by window")
        hearing.step.expect(made["kind"] == "translation", "it is not kept as a translation")
        hearing.step.expect(made["parent_id"] == source["id"], "it is of no transcript")
        self.teller.say(hearing.step, "A machine translation of it, from the same windows:")
        hearing.tell(made)
        self.transcripts[recording][made["language"]] = made["id"]

    def _align(self) -> None:
        client = self.cast.investigator.client
        with self.teller.step("Look for the quotes in what was said") as step:
            wanted = [said for report in self.play.reports for said in report.quotes]
            for quote, said in zip(self.quotes, wanted, strict=True):
                versions = self.transcripts[self.recordings[said.recording]]
                transcript = versions.get(said.language) or next(iter(versions.values()))
                found = client.post(
                    f"{API}/quotes/{quote}/alignments", {"transcript_id": transcript}
                )
                verdict = client.get(f"{API}/quotes/{quote}")["standing"]["verdict"]
                places = [place for place in found["occurrences"] if place["start_ms"] is not None]
                where = ", ".join(
                    f"{timecode(place['start_ms'])}–{timecode(place['end_ms'])}"
                    for place in places
                )
                self.teller.say(step, f"“{said.exact}”")
                self.teller.say(step, f"   {verdict.replace('_', ' ')}; {where or 'nowhere'}")
                for reason in found["reasons"]:
                    self.teller.say(step, f"   {reason}")
                self._layers(step, found)
                step.facts[quote] = {
                    "verdict": verdict,
                    "rests_on": found["rests_on"],
                    "spoken_transcript": found["spoken_transcript_id"],
                    "alignment": found["id"],
                    "places": places,
                }
                step.expect(
                    found["rests_on"] == "spoken_words" or found["spoken_transcript_id"],
                    "a translated quote was not followed to the words spoken",
                )
                step.expect(places or not said.located, "it was not located")
                step.expect(
                    said.claim is None or len(places) == said.claim[1],
                    "it was not found as often as is claimed",
                )
                step.expect(
                    said.supported is None or said.supported == (verdict in script.SUPPORTING),
                    f"{verdict} is not what was to be expected",
                )
                step.expect(
                    not said.verdicts or verdict in said.verdicts,
                    f"{verdict} is none of {', '.join(sorted(said.verdicts))}",
                )

    def _layers(self, step: Step, found: dict[str, Any]) -> None:
        """Of a translated quote at its first place: each word, the translation's, the one spoken."""
        for place in found["occurrences"][:1] if found["spoken_transcript_id"] else ():
            shown = in_layers(place)
            step.expect(shown, "no word of it was linked to a word that was spoken")
            self.teller.say(step, f"   published ← translated ← spoken: {shown}")

    def _assess(self) -> None:
        client = self.cast.investigator.client
        with self.teller.step("Record what people say about authenticity") as step:
            recording = self.recordings[0]
            (held,) = client.get(f"{API}/recordings/{recording}/media-instances")["items"]
            bound = {"binding": "exact_bytes", "instance_id": held["id"]}
            place = f"{API}/recordings/{recording}/assessments"
            for body in ({**script.ASSESSMENT, **bound}, script.NOT_CONFIRMED):
                made = client.post(place, body)
                self.teller.say(step, f"{made['assessor_as_described']}: “{made['wording']}”")

    def _review(self) -> None:
        with self.teller.step("Review: a second person decides") as step:
            quote = self.quotes[0]
            standing = self.cast.reviewer.client.get(f"{API}/quotes/{quote}")["standing"]
            place = f"{API}/alignments/{standing['alignment_id']}/decisions"
            body = {
                "ruling": "confirmed",
                "rationale": "I listened to each place; it is as proposed.",
            }
            self._is_refused(step, place, body)
            self.cast.reviewer.client.post(place, body)
            now = self.cast.reviewer.client.get(f"{API}/quotes/{quote}")["standing"]
            step.expect(now["state"] == "confirmed", f"the quote stands as {now['state']}")
            self.teller.say(step, f"{self.cast.reviewer.login} confirmed: {now['verdict']}")

    def _is_refused(self, step: Step, place: str, body: dict[str, str]) -> None:
        """Whoever uploaded a recording cannot confirm a quote of it."""
        try:
            self.cast.investigator.client.post(place, body)
        except Refused as refused:
            self.teller.say(step, f"{self.cast.investigator.login}, who uploaded it: {refused}")
            return
        step.expect(condition=False, otherwise="whoever uploaded it could confirm")

    def _fetch(self) -> None:
        with self.teller.step("Fetch the evidence record") as step:
            address = f"{API}/recordings/{self.recordings[0]}/evidence-record"
            self.record = self.cast.reviewer.client.get(address)
            read_at = self.record["read_at"]
            self.teller.say(step, f"GET {address}")
            self.teller.say(
                step, f"as of log size {read_at['tree_size']}, root {read_at['root'][:16]}…"
            )
            for part in ("media_instances", "transcripts", "reports", "quotes", "assessments"):
                step.expect(self.record[part], f"the record lacks its {part}")
            for version in filter(lambda one: one["translation_of"], self.record["transcripts"]):
                told = f"transcript {version['id']} is a machine translation of"
                self.teller.say(step, f"{told} {version['translation_of']}")
            step.facts["read_at"] = read_at

    def _verify(self) -> None:
        with self.teller.step("Replay the custody log and re-hash every file") as step:
            done = subprocess.run(
                [sys.executable, "-m", "app.cli", "verify", "--json"],
                env=self.server.environment,
                capture_output=True,
                text=True,
                check=False,
            )
            checks = json.loads(done.stdout) if done.stdout.startswith("[") else []
            for check in checks:
                self.teller.say(step, f"{check['outcome']:>12}  {check['claim']}")
            step.facts["checks"] = checks
            step.expect(done.returncode == 0, done.stderr[-500:] or "something does not add up")
