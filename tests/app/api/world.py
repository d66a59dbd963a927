"""
A case with one of everything in it, made over HTTP by its own investigator, so that any
address of the API can be filled in with identifiers that lead somewhere.
"""

import base64
import json
from datetime import timedelta
from typing import Any

from fastapi.testclient import TestClient

from app.accounts.permissions import Role
from app.core import clock
from app.core.actor import Actor
from app.core.storage import Area
from app.quotes import queries as quotes
from app.quotes import service as quoting
from app.recordings import queries as recordings
from app.recordings import service as recording
from app.recordings.provenance import DerivativeKind
from app.reports.intake import queries as captures
from app.reports.intake import service as intake
from app.transcripts import queries as transcripts
from tests.app import sound
from tests.app.conftest import People
from tests.app.routes import Route
from tests.app.web.conftest import DECODED
from transcription.extraction.value import Kind, Reading

TUS = {"Tus-Resumable": "1.0.0"}
WORDS = "The convoy of six trucks leaves at nine"
CUES = f"WEBVTT\n\n00:00:00.000 --> 00:00:02.500\n{WORDS}\n"


class World:
    """Identifiers by the name that addresses and bodies give them."""

    def __init__(self, client: TestClient, people: People, *, listening: bool = True) -> None:
        """`listening`: somebody listens blind to a second recording of it."""
        self.client, self.people = client, people
        self.case = people.case()
        self.founder = people.join(Role.INVESTIGATOR, Role.CUSTODIAN, case=self.case)
        self.ids: dict[str, str] = {"case_id": self.case}
        self._people()
        self._recording()
        self._transcript()
        self._report()
        self._page()
        self._rest()
        if listening:
            self._listening()

    def fill(self, path: str) -> str:
        """The address with identifiers of this case; a `KeyError` names what is not known."""
        for name in [piece.split("}")[0] for piece in path.split("{")[1:]]:
            path = path.replace("{" + name + "}", self.ids[name])
        return path

    def _people(self) -> None:
        member = self.people.join(Role.REVIEWER, case=self.case)
        outsider = self.people.register()
        self.ids |= {"account_id": member.account_id, "role": "reviewer"}
        self.newcomer = outsider.account_id
        self.ids["agent_id"] = self._made(
            "/agents", case_id=self.case, kind="person", identity_status="unknown"
        )["id"]

    def _recording(self) -> None:
        made = self._made("/recordings", case_id=self.case, title="One")
        other = self._made("/recordings", case_id=self.case, title="Another")
        address = f"/recordings/{made['id']}"
        content = self.client.post(
            f"/api/v1{address}/media-instances",
            content=b"bytes of " + self.case.encode(),
            headers=self.founder.headers,
        )
        link = self._made(
            f"{address}/links",
            other_id=other["id"],
            kind="same_as",
            ground="provenance",
            reason="from the same receiver",
        )
        self.ids |= {
            "recording_id": made["id"],
            "other_id": other["id"],
            "link_id": link["id"],
            "instance_id": content.json()["instance"]["id"],
            "index": str(made["log_index"]),
            "kind": "peaks",
        }
        self._derive(self.ids["instance_id"])

    def _derive(self, instance_id: str) -> None:
        parts = self.client.app.state.parts
        content = b"peaks of " + self.case.encode()
        digest = parts.storage.put_bytes(content, area=Area.DERIVATIVES)
        with parts.database.writing() as session:
            instance = recordings.get_instance(session, instance_id)
            recording.identify(
                session, actor=self.founder.actor, instance=instance, decoding=DECODED
            )
            recording.derive(
                session,
                actor=self.founder.actor,
                instance=instance,
                kind=DerivativeKind.PEAKS,
                digest=digest,
                size=len(content),
                media_type="application/octet-stream",
                made_by={"tool": "a test"},
            )

    def _transcript(self) -> None:
        made = self._made(
            f"/recordings/{self.ids['recording_id']}/transcripts",
            content=CUES,
            format="vtt",
            kind="human",
            language="en",
        )
        self.ids["transcript_id"] = made["id"]

    def _report(self) -> None:
        report = self._made("/reports", case_id=self.case, kind="news", language="en")
        other = self._made("/reports", case_id=self.case, kind="news", language="en")
        text = f'It was said: "{WORDS}".'
        snapshot = self._made(f"/reports/{report['id']}/snapshots", text=text)
        quote = self._made(
            "/quotes",
            exact=WORDS,
            snapshot_id=snapshot["id"],
            language="en",
            form="direct",
            target={"kind": "recording", "recording_id": self.ids["recording_id"]},
        )
        claim = self._made(
            "/claims",
            subject_kind="report",
            subject_id=report["id"],
            predicate="date",
            value={"raw": "nine"},
            anchor={"snapshot_id": snapshot["id"], "exact": "nine"},
        )
        for number in (6, 9):
            self._made(
                "/claims",
                subject_kind="recording",
                subject_id=self.ids["recording_id"],
                predicate="count",
                value={
                    "counted": "vehicles",
                    "count": {"operator": "exactly", "number": number},
                },
                anchor={"snapshot_id": snapshot["id"], "exact": "six trucks"},
            )
        conflicts = self.client.get(
            f"/api/v1/cases/{self.case}/conflicts", headers=self.founder.headers
        )
        self.ids |= {
            "conflict_key": conflicts.json()["items"][0]["key"],
            "claim_id": claim["id"],
            "report_id": report["id"],
            "to_report_id": other["id"],
            "snapshot_id": snapshot["id"],
            "quote_id": quote["id"],
        }

        self._beside()

    def _beside(self) -> None:
        """An incident, a place and a material."""
        for noun, more in (
            ("incident", {"title": "An exercise"}),
            ("place", {"names": [{"name": "Sandy Ford"}]}),
            ("material", {"kind": "video", "title": "A film"}),
        ):
            made = self._made(f"/{noun}s", case_id=self.case, **more)
            self.ids[f"{noun}_id"] = made["id"]

    def _page(self) -> None:
        """A published page, and what a worker read of it."""
        brought = self.client.post(
            f"/api/v1/cases/{self.case}/captures",
            content=b"A page of " + self.case.encode(),
            headers=self.founder.headers,
        )
        database = self.client.app.state.parts.database
        with database.writing() as session:
            read = intake.extract(
                session,
                actor=self.founder.actor,
                capture=captures.get(session, brought.json()["id"]),
                reading=Reading(
                    kind=Kind.TEXT, text=WORDS, tool="a test", version="1", parameters={}
                ),
            )
            self.ids |= {"capture_id": brought.json()["id"], "extraction_id": read.id}

    def _rest(self) -> None:
        database = self.client.app.state.parts.database
        with database.writing() as session:
            aligned = quoting.align(
                session,
                actor=Actor(self.founder.account_id, self.founder.actor.kind, "Somebody"),
                quote=quotes.get(session, self.ids["quote_id"]),
                transcript=transcripts.get(session, self.ids["transcript_id"]),
            )
            self.ids["alignment_id"] = aligned.id
        address = f"/recordings/{self.ids['recording_id']}"
        assessment = self._made(
            f"{address}/assessments",
            question="integrity",
            stance="cannot_determine",
            kind="publisher_statement",
            wording="Nothing can be said.",
            assessor_as_described="the publisher",
        )
        self.ids["assessment_id"] = assessment["id"]
        self._retelling(assessment["id"], address)
        heard = self._made(
            f"{address}/readings", start_ms=0, end_ms=900, text="The convoy", listener="Inna"
        )
        self.ids["reading_id"] = heard["id"]
        job = self._made(f"{address}/transcriptions", engine="pocketsphinx")["id"]
        cancelled = self.client.post(f"/api/v1/jobs/{job}/cancel", headers=self.founder.headers)
        assert cancelled.json()["state"] == "cancelled", "else its events would go on for ever"
        self.ids["job_id"] = job
        named = base64.b64encode(self.ids["recording_id"].encode()).decode()
        announced = self.client.post(
            "/api/v1/uploads",
            headers=self.founder.headers
            | TUS
            | {"Upload-Length": "10", "Upload-Metadata": f"recording_id {named}"},
        )
        self.ids["upload_id"] = announced.headers["location"].rsplit("/", 1)[1]

    def _retelling(self, assessment_id: str, address: str) -> None:
        """A restatement in a report, and another assessment that repeats the one told."""
        restated = self._made(
            f"/assessments/{assessment_id}/restatements",
            exact="It was said",
            snapshot_id=self.ids["snapshot_id"],
            drift=["stronger"],
            note="It says so.",
        )
        again = self._made(
            f"{address}/assessments",
            question="integrity",
            stance="cannot_determine",
            kind="publisher_statement",
            wording="Nothing can be said of it.",
            assessor_as_described="the publisher",
        )
        relation = self._made(
            f"/assessments/{again['id']}/relations",
            other_id=assessment_id,
            kind="repeats",
            reason="the same words",
        )
        self.ids |= {"restatement_id": restated["id"], "relation_id": relation["id"]}

    def _listening(self) -> None:
        """Somebody's listening to a quote of the other recording: what one has, no other may."""
        other = self.ids["other_id"]
        self.client.post(
            f"/api/v1/recordings/{other}/media-instances",
            content=b"other bytes of " + self.case.encode(),
            headers=self.founder.headers,
        )
        sound.decode(self.client.app.state.parts, other)
        quote = self._made(
            "/quotes",
            exact=WORDS,
            snapshot_id=self.ids["snapshot_id"],
            language="en",
            form="direct",
            target={"kind": "recording", "recording_id": other},
        )
        self._made(f"/quotes/{quote['id']}/spans", start_ms=0, end_ms=4_000, reason="There.")
        listener = self.people.join(Role.REVIEWER, case=self.case)
        begun = self.client.post(
            "/api/v1/listenings", json={"quote_id": quote["id"]}, headers=listener.headers
        )
        self.ids["listening_id"] = begun.json()["id"]

    def _made(self, path: str, **body: Any) -> Any:
        answer = self.client.post(f"/api/v1{path}", json=body, headers=self.founder.headers)
        assert answer.status_code in {201, 202}, (path, answer.text)
        return answer.json()


class Asking:
    """Asks any route about the things of a world, with a body that its schema accepts."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.document = client.get("/api/v1/openapi.json").json()

    def __call__(self, route: Route, world: World, headers: dict[str, str]) -> Any:
        """Send the request."""
        path = world.fill(route.path)
        operation = self.document["paths"][route.path].get(route.method.lower(), {})
        content = operation.get("requestBody", {}).get("content", {})
        schema = content.get("application/json", {}).get("schema")
        sent = dict(headers)
        body = b""
        if route.path.startswith("/api/v1/uploads"):
            sent |= TUS | {"Upload-Length": "10", "Upload-Offset": "0"}
            named = base64.b64encode(world.ids["recording_id"].encode()).decode()
            sent["Upload-Metadata"] = f"recording_id {named}"
            sent["Content-Type"] = "application/offset+octet-stream"
            body = b"0123456789" if route.method == "PATCH" else b""
        elif schema is not None:
            body = json.dumps(self._example(schema, world)).encode()
            sent["Content-Type"] = "application/json"
        elif route.path.endswith(("/media-instances", "/captures")) and route.method == "POST":
            body = b"more bytes"
        query = {
            each["name"]: self._example(each["schema"], world, each["name"])
            for each in operation.get("parameters", [])
            if each["in"] == "query" and each.get("required")
        }
        return self.client.request(route.method, path, params=query, content=body, headers=sent)

    def _example(self, schema: dict[str, Any], world: World, name: str = "") -> Any:
        schema = schema.get("anyOf", [schema])[0]  # what may be left out is given
        if "$ref" in schema:
            schema = self.document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
        known = {
            "exact": WORDS,
            "language": "en",
            "format": "vtt",
            "content": CUES,
            "target": {"kind": "recording", "recording_id": world.ids["recording_id"]},
            "expires_at": clock.spell(clock.now() + timedelta(hours=1)),
            **{key: value for key, value in world.ids.items() if key.endswith("_id")},
            "account_id": world.newcomer,
            "to": world.ids["transcript_id"],
        }
        if name in known:
            return known[name]
        if "enum" in schema:
            return schema["enum"][0]
        kind = schema.get("type")
        if kind == "object":
            return {
                key: self._example(schema["properties"][key], world, key)
                for key in schema.get("required", [])
            }
        plain: dict[Any, Any] = {"integer": schema.get("minimum", 1), "array": []}
        return plain.get(kind, "some words that stand for others")
