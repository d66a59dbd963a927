"""
Whoever registers articles and then accepts what the rules propose, one proposal after another.

Nothing is read from a text here: what is entered beside the proposals is which recordings and
incidents there are, and of which of them a passage is, because the rules know of none.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.journeys.articles import NOBODY_NAMED, RECORDINGS, Article, body
from tests.journeys.by_hand import ByHand
from tests.journeys.conftest import Desk


@dataclass
class Catalogue:
    """What was registered, by name: identifiers; and what was accepted, in order."""

    desk: Desk
    recordings: dict[str, str] = field(default_factory=dict)
    reports: dict[str, str] = field(default_factory=dict)
    snapshots: dict[str, str] = field(default_factory=dict)
    links: list[dict[str, Any]] = field(default_factory=list)
    quotes: list[dict[str, Any]] = field(default_factory=list)
    assessments: list[dict[str, Any]] = field(default_factory=list)
    restatements: list[dict[str, Any]] = field(default_factory=list)
    claims: list[dict[str, Any]] = field(default_factory=list)
    incidents: dict[str, str] = field(default_factory=dict)
    material: str = ""
    agents: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)

    def post(self, path: str, **body: Any) -> dict[str, Any]:
        return dict(self.desk.post(path, body))

    def get(self, path: str) -> dict[str, Any]:
        return dict(self.desk.get(path))

    def proposed(self, article: Article, what: str) -> list[dict[str, Any]]:
        """What is proposed for an article as things stand."""
        return list(self.get(f"/snapshots/{self.snapshots[article.file]}/{what}")["items"])

    def register(self, article: Article, shared: Path) -> None:
        """Enter an article, freeze its text, and note where it speaks of which recording."""
        case = self.desk.cast.case_id
        report = self.post("/reports", case_id=case, **article.known)["id"]
        text = article.text(shared)
        self.reports[article.file] = report
        snapshot = self.post(f"/reports/{report}/snapshots", text=text)["id"]
        self.snapshots[article.file] = snapshot
        for name, words in article.cites.items():
            self.post(
                f"/snapshots/{snapshot}/citations",
                recording_id=self.recordings[name],
                exact=words,
            )

    def accept_links(self, article: Article) -> None:
        """Accept every link, each as it is proposed once the ones before it are there."""
        place = f"/snapshots/{self.snapshots[article.file]}/accepted-link-proposals"
        while waiting := [
            each for each in self.proposed(article, "link-proposals") if each["state"] == "open"
        ]:
            self.links.append(self.post(place, key=waiting[0]["key"]))

    def accept_quotes(self, article: Article) -> None:
        """Accept every quote; those of a recording or a report say of which."""
        place = f"/snapshots/{self.snapshots[article.file]}/accepted-proposals"
        for each in self.proposed(article, "quote-proposals"):
            anchor = each["anchor"]
            body: dict[str, Any] = {"start": anchor["start"], "end": anchor["end"]}
            if each["target"] == "recording":
                named = self.recordings[article.recording(anchor["exact"])]
                body["target"] = {"kind": "recording", "recording_id": named}
            elif each["target"] == "report":
                body["target"] = {"kind": "report", "report_id": self.cited_by(article)}
            elif each["target"] in {"term", "undetermined"}:
                continue
            self.quotes.append(self.post(place, **body))

    def accept_assessments(self, article: Article) -> None:
        """Sign every assessment, and tie every restatement to the one that it restates."""
        snapshot = self.snapshots[article.file]
        for read in self.proposed(article, "assessment-proposals"):
            at = (read["anchor"]["start"], read["anchor"]["end"], read["question"])
            (each,) = [
                one
                for one in self.proposed(article, "assessment-proposals")
                if (one["anchor"]["start"], one["anchor"]["end"], one["question"]) == at
            ]
            if each["assessment_id"] or each["restatement_id"]:
                continue
            if each["restates"]:
                made = self.post(
                    f"/assessments/{each['restates']}/restatements",
                    snapshot_id=snapshot,
                    exact=each["anchor"]["exact"],
                    start=at[0],
                )
                self.restatements.append(made)
                continue
            made = self.post(
                f"/snapshots/{snapshot}/accepted-assessments",
                start=at[0],
                end=at[1],
                question=at[2],
                recording_id=self.recordings[article.recording(each["anchor"]["exact"])],
            )
            self.assessments.append(made)

    def accept_claims(self, article: Article) -> None:
        """Record every claim about what it is said of; agents and places are entered as named."""
        place = f"/snapshots/{self.snapshots[article.file]}/accepted-claim-proposals"
        for each in self.proposed(article, "claim-proposals"):
            anchor = each["anchor"]
            kind, subject = self.subject(article, each)
            body = {
                "start": anchor["start"],
                "end": anchor["end"],
                "predicate": each["predicate"],
                "subject_kind": kind,
                "subject_id": subject,
            }
            if each["predicate"] == "event_link":
                body["event_id"] = self.incidents[article.about]
            self.claims.append(self.post(place, **body))

    def enter(self, fact: ByHand) -> dict[str, Any]:
        """Record what no rule read, as a person who read it."""
        of = {"agent": self._agent, "place": self._place, "recording": self.recordings.get}
        return self.post(
            "/claims",
            subject_kind=fact.kind,
            subject_id=of[fact.kind](fact.about),
            predicate=fact.predicate,
            value=fact.value,
            modality=fact.modality,
            said_by_as_described=fact.said_by,
            anchor={"snapshot_id": self.snapshots[fact.article.file], "exact": fact.words},
        )

    def subject(self, article: Article, proposal: dict[str, Any]) -> tuple[str, str]:
        """Of what a proposed claim is, by the sort of thing that the rules read it of."""
        named = proposal["subject"] or proposal["said_by"] or NOBODY_NAMED
        match proposal["role"]:
            case "recording":
                return self._spoken_of(article.recording(proposal["anchor"]["exact"]))
            case "incident":
                return "incident", self.incidents[article.about]
            case "material":
                return "material", self.material
            case "place":
                return "place", self._place(named)
            case "report":
                return "report", self.cited_by(article, named)
            case _:
                return "agent", self._agent(named)

    def _spoken_of(self, name: str) -> tuple[str, str]:
        series = RECORDINGS[name].get("series")
        return ("series", series) if series else ("recording", self.recordings[name])

    def _agent(self, name: str) -> str:
        known = body(name) or name
        if known not in self.agents:
            self.agents[known] = self.post(
                "/agents",
                case_id=self.desk.cast.case_id,
                kind="person" if known == name else "organization",
                identity_status="named",
                name=known,
            )["id"]
        return self.agents[known]

    def _place(self, name: str) -> str:
        if name not in self.places:
            made = self.post("/places", case_id=self.desk.cast.case_id, names=[{"name": name}])
            self.places[name] = made["id"]
        return self.places[name]

    def cited_by(self, article: Article, named: str = "") -> str:
        """The report that an article has its news from, or the document that it names."""
        report = self.reports[article.file]
        wanted = {"refers_to"} if named == "report" else {"cites", "quotes"}
        rested_on = [
            link["to_report_id"]
            for link in self.links
            if link["from_report_id"] == report and link["relation"] in wanted
        ]
        return str(rested_on[0])
