"""
Four published articles through the public API, by an investigator who holds none of the
recordings that they speak of, and who does little else than accept what rules propose.

What every reader of the catalogue must then see: no audio is held, so nothing published of it is
scored; three of the four rest on one report that is not among them; one expert's words and how they
grew; November 2024 against November 2023, with the likely reason. What was entered by hand
beside the proposals stands in `articles`, `accepting` and `by_hand`.
"""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.accepting import Catalogue
from tests.journeys.articles import (
    AGENCY,
    ARTICLES,
    AZOVSTAL,
    CIVILIANS,
    DAILY,
    GERMAN,
    INCIDENTS,
    MATERIAL,
    POPASNA,
    POPASNA_2022,
    PROSECUTORS,
    RECORDINGS,
    WEEKLY,
    ZAPORIZHZHIA,
)
from tests.journeys.by_hand import FACTS, HOPS
from tests.journeys.conftest import Desk


@pytest.fixture(scope="module")
def catalogue(desk: Desk, shared: Path) -> Catalogue:
    catalogue = Catalogue(desk)
    case = desk.cast.case_id
    for name, said in RECORDINGS.items():
        catalogue.recordings[name] = catalogue.post("/recordings", case_id=case, **said)["id"]
    for name, title in INCIDENTS.items():
        catalogue.incidents[name] = catalogue.post("/incidents", case_id=case, title=title)["id"]
    catalogue.material = catalogue.post("/materials", case_id=case, **MATERIAL)["id"]
    for article in ARTICLES:
        catalogue.register(article, shared)
    for accept in (
        catalogue.accept_links,
        catalogue.accept_quotes,
        catalogue.accept_assessments,
        catalogue.accept_claims,
    ):
        for article in ARTICLES:
            accept(article)
    return catalogue


def by(items: list[dict[str, Any]], **wanted: Any) -> list[dict[str, Any]]:
    return [each for each in items if all(each[name] == value for name, value in wanted.items())]


def claimed(catalogue: Catalogue, article: Any, predicate: str) -> list[dict[str, Any]]:
    """What one article claims, by predicate."""
    return by(catalogue.claims, report_id=catalogue.reports[article.file], predicate=predicate)


class TestNothingIsHeld:
    def test_every_recording_is_catalogued_and_none_is_held(self, catalogue: Catalogue) -> None:
        for recording in catalogue.recordings.values():
            assert catalogue.get(f"/recordings/{recording}")["status"] == "cited_not_held"

    def test_every_article_is_frozen_as_it_lies_there(
        self, catalogue: Catalogue, shared: Path
    ) -> None:
        for article in ARTICLES:
            frozen = catalogue.get(f"/snapshots/{catalogue.snapshots[article.file]}")
            assert frozen["text"] == article.text(shared)

    def test_every_anchor_stands_in_its_text(self, catalogue: Catalogue, shared: Path) -> None:
        texts = {catalogue.snapshots[a.file]: a.text(shared) for a in ARTICLES}
        anchors = [
            made["anchor"]
            for made in (
                *catalogue.quotes,
                *catalogue.claims,
                *catalogue.assessments,
                *catalogue.restatements,
                *catalogue.links,
            )
            if made["anchor"]
        ]
        assert len(anchors) > 200
        for anchor in anchors:
            text = texts[anchor["snapshot_id"]]
            assert text[anchor["start"] : anchor["end"]] == anchor["exact"]

    def test_no_quote_of_a_recording_has_a_score(self, catalogue: Catalogue) -> None:
        counts = {POPASNA: 1, AZOVSTAL: 1, CIVILIANS: 0, GERMAN: 0, ZAPORIZHZHIA: 5}
        for name, count in counts.items():
            items = catalogue.get(f"/recordings/{catalogue.recordings[name]}/quotes")["items"]
            assert [q["standing"]["verdict"] for q in items] == ["not_checkable_no_audio"] * count
            assert not any(q["standing"]["supports"] for q in items)

    def test_what_people_and_reports_say_is_never_sought_in_audio(
        self, catalogue: Catalogue
    ) -> None:
        others = [q for q in catalogue.quotes if q["target"]["kind"] != "recording"]
        kinds = Counter(q["target"]["kind"] for q in others)
        assert kinds == {"statement": 15, "report": 5, "material": 1}
        assert {q["standing"]["state"] for q in others} == {"not_applicable"}

    def test_what_they_say_of_a_quote_is_kept_beside_it(self, catalogue: Catalogue) -> None:
        (whole,) = [q for q in catalogue.quotes if q["anchor"]["exact"].startswith("What can I")]
        assert {"expletive", "unintelligible"} <= {gap["kind"] for gap in whole["gaps"]}
        (counted,) = [q for q in catalogue.quotes if q["occurrence_claim"]]
        claim = counted["occurrence_claim"]
        assert (claim["op"], claim["count"], claim["raw"]) == (
            "exactly",
            6,
            "repeated six times",
        )
        (answer,) = [q for q in catalogue.quotes if q["in_reply_to"]]
        (asked,) = by(catalogue.quotes, id=answer["in_reply_to"])
        assert asked["anchor"]["exact"].startswith("I only found")


class TestWhoRepeatsWhom:
    def test_three_articles_are_one_source_and_the_older_one_stands_apart(
        self, catalogue: Catalogue
    ) -> None:
        recent = catalogue.get(f"/recordings/{catalogue.recordings[ZAPORIZHZHIA]}/lineage")
        older = catalogue.get(f"/recordings/{catalogue.recordings[POPASNA]}/lineage")

        assert len(recent["report_ids"]) == 3
        assert (recent["root_count"], older["root_count"]) == (1, 1)
        assert recent["roots"] != older["roots"]
        assert catalogue.reports[POPASNA_2022.file] not in recent["roots"][0]
        root = catalogue.get(f"/reports/{recent['roots'][0][0]}")
        assert (root["publisher"], root["status"]) == ("CNN", "cited_not_held")

    def test_every_link_came_out_of_a_proposal(self, catalogue: Catalogue) -> None:
        kinds = Counter(link["relation"] for link in catalogue.links)
        assert kinds == {"cites": 3, "quotes": 1, "refers_to": 1, "shares_text": 2}

    def test_the_hops_before_us_are_claims_of_a_report(self, catalogue: Catalogue) -> None:
        for article, name, action, whom, words in HOPS:
            recording = catalogue.recordings[name]
            passage = catalogue.post(
                f"/snapshots/{catalogue.snapshots[article.file]}/citations",
                recording_id=recording,
                exact=words,
            )
            catalogue.post(
                f"/recordings/{recording}/claimed-hops",
                action=action,
                claimed_by=article.known["publisher"],
                agent_as_described=whom,
                anchor_id=passage["id"],
            )

        for name in {hop[1] for hop in HOPS}:
            told = catalogue.get(f"/recordings/{catalogue.recordings[name]}/claimed-hops")
            assert [(hop["action"], hop["agent_as_described"]) for hop in told["items"]] == [
                (action, whom) for _, of, action, whom, _ in HOPS if of == name
            ]

    def test_two_recordings_that_mean_nearly_the_same_are_kept_apart(
        self, catalogue: Catalogue
    ) -> None:
        made = catalogue.post(
            f"/recordings/{catalogue.recordings[POPASNA]}/links",
            other_id=catalogue.recordings[ZAPORIZHZHIA],
            kind="not_same_as",
            ground="provenance",
            reason="Another place, other years, released by somebody else.",
        )

        assert made["kind"] == "not_same_as"


class TestAuthenticity:
    def test_what_each_article_says_is_a_statement_of_its_own(self, catalogue: Catalogue) -> None:
        said = Counter(
            (a["question"], a["stance"], a["kind"], a["assessor_as_described"])
            for a in by(catalogue.assessments, recording_id=catalogue.recordings[ZAPORIZHZHIA])
        )
        publisher, expert, official = (
            "publisher_statement",
            "human_examination",
            "official_statement",
        )
        assert said == {
            ("link_to_event", "supports", publisher, "UNN"): 1,
            ("integrity", "cannot_determine", publisher, "CNN"): 1,
            ("link_to_event", "cannot_determine", publisher, "CNN"): 1,
            ("synthetic_origin", "supports", expert, "a forensic expert"): 1,
            (
                "link_to_event",
                "supports",
                official,
                "A leading investigator for the United Nations",
            ): 1,
            ("link_to_event", "supports", official, "a Western intelligence official"): 1,
            ("link_to_event", "weighs_against", "party_denial", "Moscow"): 1,
            ("speaker", "cannot_determine", publisher, "CNN"): 1,
        }

    def test_one_expert_statement_grew_on_three_axes_in_the_retelling(
        self, catalogue: Catalogue
    ) -> None:
        (expert,) = by(catalogue.assessments, question="synthetic_origin")
        told = catalogue.get(f"/assessments/{expert['id']}/retelling")["restatements"]
        (grown,) = told
        assert set(grown["drift"]) == {"stronger", "plurality_changed", "scope_widened"}
        assert "appear to be authentic" in grown["anchor"]["exact"]
        assert [
            sorted(each["drift"]) for each in catalogue.restatements if each["id"] != grown["id"]
        ] == [["plurality_changed"], ["same"]]

    def test_a_retelling_is_never_counted_and_disagreement_comes_first(
        self, catalogue: Catalogue
    ) -> None:
        recording = catalogue.recordings[ZAPORIZHZHIA]
        summary = catalogue.get(f"/recordings/{recording}/assessments")["summary"]
        assert summary.startswith("Disagreement on link to event")
        assert "1 expert, unnamed, files not identified: “did not appear to be faked”" in summary
        assert "Told again in 1 other report, which adds nothing" in summary

    def test_the_older_article_does_not_vouch(self, catalogue: Catalogue) -> None:
        older = by(catalogue.assessments, recording_id=catalogue.recordings[POPASNA])
        assert Counter((a["question"], a["stance"]) for a in older) == {
            ("claimed_source", "cannot_determine"): 1,
            ("integrity", "declined_to_assess"): 1,
            ("claimed_source", "declined_to_assess"): 1,
        }


class TestClaims:
    def test_every_article_says_what_it_says_under_a_predicate_of_the_list(
        self, catalogue: Catalogue
    ) -> None:
        found = {
            article.file: {claim["predicate"] for claim in catalogue.claims}
            & {
                claim["predicate"]
                for claim in by(catalogue.claims, report_id=catalogue.reports[article.file])
            }
            for article in ARTICLES
        }
        everywhere = {"nature", "content", "place", "legal_characterisation", "role"}
        assert all(everywhere <= each for each in found.values())
        assert {"comment_request", "speaker_count", "speaker_identity"} <= found[POPASNA_2022.file]
        assert {"territorial_control", "situation", "publication"} <= found[POPASNA_2022.file]
        assert {"statistic", "trend", "investigation", "responsibility"} <= found[AGENCY.file]
        assert {"used_in_investigation", "knowledge", "bearing"} <= found[AGENCY.file]
        assert {"charge", "motive", "denial", "unit", "conduct"} <= found[WEEKLY.file]
        assert {"comment_request", "speaker_identity", "count"} <= found[DAILY.file]

    def test_what_the_rules_do_not_read_has_its_predicate_too(self, catalogue: Catalogue) -> None:
        for fact in FACTS:
            made = catalogue.enter(fact)
            assert (made["predicate"], made["state"]) == (fact.predicate, "in_force")
            assert made["anchor"]["exact"] == fact.words

    def test_dates_say_what_they_stood_on(self, catalogue: Catalogue) -> None:
        (relative,) = claimed(catalogue, AGENCY, "date")
        assert relative["value"]["raw"] == "last November"
        assert (relative["value"]["edtf"], relative["value"]["basis"]) == (
            "2024-11",
            "relative_to_publication",
        )
        believed = by(claimed(catalogue, DAILY, "date"), subject_kind="series")
        assert [(c["value"]["edtf"], c["modality"]) for c in believed] == [("2023-11", "believed")]
        released = claimed(catalogue, POPASNA_2022, "publication")
        assert {c["value"]["when"]["edtf"] for c in released} == {None}
        assert {c["value"]["when"]["raw"] for c in released} >= {"Wednesday", "previously"}

    def test_who_says_it_and_through_whom_is_kept(self, catalogue: Catalogue) -> None:
        (unit,) = [
            claim
            for claim in claimed(catalogue, WEEKLY, "unit")
            if len(claim["value"]["units"]) > 1
        ]
        assert [each["name"] for each in unit["value"]["units"]] == [
            "Storm unit",
            "394th Motorized Rifle Regiment",
            "127th Motorized Rifle Division",
            "5th Combined Arms Army",
        ]
        assert unit["said_by_as_described"] == "The Security Service of Ukraine"
        assert [each["as_described"] for each in unit["via"]] == ["CNN"]

    def test_counts_have_operators(self, catalogue: Catalogue) -> None:
        counted = [
            (c["value"]["count"]["operator"], c["value"]["count"]["number"])
            for c in by(claimed(catalogue, AGENCY, "count"), subject_kind="material")
        ]
        assert counted == [("exactly", 6), ("at_least", 2), ("exactly", 1)]

    def test_what_was_answered_to_a_request_for_comment(self, catalogue: Catalogue) -> None:
        outcomes = {
            article.file: [
                c["value"]["outcome"] for c in claimed(catalogue, article, "comment_request")
            ]
            for article in (POPASNA_2022, DAILY)
        }
        assert outcomes == {
            POPASNA_2022.file: ["pending"],
            DAILY.file: ["no_substantive_response"],
        }

    def test_totals_are_the_sums_of_their_parts(self, catalogue: Catalogue) -> None:
        case = catalogue.desk.cast.case_id
        sums = catalogue.get(f"/cases/{case}/reconciliations")["items"]
        assert {each["subject_id"] for each in sums} == {catalogue.agents[PROSECUTORS]}
        told = Counter(
            (each["metric"], each["total"], each["outcome"], each["elsewhere"]) for each in sums
        )
        assert told == {
            ("cases", 75, "adds_up", False): 2,
            ("cases", 75, "adds_up", True): 1,  # one article tells victims by year, and no cases
            ("victims", 268, "adds_up", False): 3,
        }


class TestConflicts:
    def found(self, catalogue: Catalogue, **wanted: str) -> list[dict[str, Any]]:
        case = catalogue.desk.cast.case_id
        return by(catalogue.get(f"/cases/{case}/conflicts")["items"], **wanted)

    def sides(self, conflict: dict[str, Any]) -> set[str]:
        return {side["stands_for"] for side in conflict["sides"]}

    def test_every_conflict_is_open_and_none_resolved_itself(self, catalogue: Catalogue) -> None:
        every = self.found(catalogue)
        assert {conflict["state"] for conflict in every} == {"open"}
        assert {conflict["kind"] for conflict in every} == {
            "date",
            "name",
            "count",
            "strength",
            "wording",
            "value",
        }

    def test_november_against_november_with_the_likely_reason(self, catalogue: Catalogue) -> None:
        (conflict,) = self.found(catalogue, kind="date")
        assert self.sides(conflict) == {"2023-11", "2024-11"}
        (explained,) = conflict["explanations"]
        assert "“last November”" in explained["says"]

    def test_a_division_translated_twice(self, catalogue: Catalogue) -> None:
        names = [self.sides(each) for each in self.found(catalogue, kind="name")]
        assert {"127th automated rifle division", "127th motorized rifle division"} in names
        assert {"raid unit", "storm unit"} in names

    def test_one_film_and_several(self, catalogue: Catalogue) -> None:
        (conflict,) = self.found(catalogue, kind="count")
        assert self.sides(conflict) == {"1 video", "several videos"}

    def test_a_headline_that_is_firmer_than_its_text(self, catalogue: Catalogue) -> None:
        strength = self.found(catalogue, kind="strength", predicate="content")
        says = [e["says"] for conflict in strength for e in conflict["explanations"]]
        assert says == ["The headline is firmer than the text below it."]

    def test_coinciding_became_the_same_encounter(self, catalogue: Catalogue) -> None:
        links = self.found(catalogue, kind="strength", subject_kind="series")
        (conflict,) = [each for each in links if each["predicate"] == "event_link"]
        words = " ".join(sorted(self.sides(conflict)))
        assert "appears: coincides" in words
        assert "asserted: same_encounter" in words

    def test_one_persons_words_in_two_wordings(self, catalogue: Catalogue) -> None:
        wording = [self.sides(each) for each in self.found(catalogue, kind="wording")]
        assert {"grave_breach", "serious_violation"} in wording
        verbs = [sides for sides in wording if any("75 cases" in side for side in sides)]
        assert verbs == [
            {"investigating: 75 cases (kill) in all", "opened: 75 cases (kill) in all"}
        ]


def test_three_spellings_of_one_name_are_proposed_as_one(catalogue: Catalogue) -> None:
    case = catalogue.desk.cast.case_id
    items = catalogue.get(f"/cases/{case}/agent-proposals")["items"]
    pairs = {frozenset((each["first_name"], each["second_name"])) for each in items}
    spelled = ("Yuriy Belousov", "Yuriy Bielousov", "Yuri Belyausov")
    assert {frozenset((a, b)) for a in spelled for b in spelled if a != b} <= pairs


def test_whoever_opens_the_recording_sees_it_at_once(catalogue: Catalogue) -> None:
    record = catalogue.get(f"/recordings/{catalogue.recordings[ZAPORIZHZHIA]}/evidence-record")
    assert len(record["reports"]["items"]) == 3
    assert len(record["reports"]["independent_roots"]) == 1
    assert {each["kind"] for each in record["claims"]["conflicts"]} >= {"date", "strength"}
    assert record["media_instances"] == []
