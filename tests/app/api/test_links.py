"""Links proposed over HTTP: read in the text, fitted to the case, accepted and rejected by people."""

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from app.accounts.permissions import Role
from app.core.canonical import parse
from app.core.database import Database
from app.custody.findings import Outcome
from app.custody.models import LogEntry
from app.custody.sealed_rows import compare_rows
from tests.app.api.conftest import ON_ONE
from tests.app.api.test_reports import Desk
from tests.app.conftest import People

SEEDS = Path(__file__).parents[4] / "shared" / "seeds"
HELD = pytest.mark.skipif(not SEEDS.is_dir(), reason="no ../shared/seeds beside the project")

FIRST = (
    "The convoy of 43 trucks was stopped near Velyka Lypa by the 118th brigade of Colonel Marko "
    "Dzyuba, and 267 people were led away, the Nordlys Post reported on Monday.\n"
    "The Nordlys Post said that 1,150 litres of fuel were taken from the depot at Stara Hreblia."
)
SECOND = (
    "According to the Nordlys Post, 267 people were led away when 43 trucks were stopped near Velyka "
    "Lypa. The 118th brigade of Marko Dzyuba took 1,150 litres of fuel from the depot at Stara "
    "Hreblia, the mayor told the Nordlys Post."
)
OTHER = (
    "A bridge across the Sula was closed on Friday after cracks were found in 12 of its 31 "
    "beams, the road office said. Engineer Olha Rudenko expects repairs to take 90 days."
)


@pytest.fixture
def desk(client: TestClient, people: People) -> Desk:
    case = people.case()
    return Desk(client, case, people.join(Role.INVESTIGATOR, case=case).headers)


def registered(desk: Desk, publisher: str | None, text: str, **said: Any) -> tuple[str, str]:
    report = desk.report(publisher=publisher, **said)
    return report, desk.snapshot(report, text)


def proposed(desk: Desk, snapshot: str) -> list[dict[str, Any]]:
    return list(desk.get(f"/snapshots/{snapshot}/link-proposals")["items"])


def accept(
    desk: Desk, snapshot: str, key: str, expected: int = 201, **said: Any
) -> dict[str, Any]:
    body = {"key": key} | said
    return desk.post(f"/snapshots/{snapshot}/accepted-link-proposals", expected, **body)


def accept_all(desk: Desk, *snapshots: str) -> int:
    """Accept whatever is proposed, one after another, until nothing is open; how many there were."""
    accepted = 0
    for snapshot in snapshots:
        while open_ := [i for i in proposed(desk, snapshot) if i["state"] == "open"]:
            accept(desk, snapshot, open_[0]["key"])
            accepted += 1
    return accepted


def test_what_a_text_says_that_it_rests_on_is_proposed_with_its_words(desk: Desk) -> None:
    _, snapshot = registered(desk, "The Evening", FIRST)

    (item,) = proposed(desk, snapshot)

    assert (item["layer"], item["relation"], item["state"]) == ("claimed", "cites", "open")
    assert item["anchor"]["exact"] == "the Nordlys Post reported"
    assert item["to_report_id"] is None
    assert item["stub"]["publisher"] == "Nordlys Post"
    assert item["why"]["target"] == "no report of this publisher is registered in the case"


def test_accepting_enters_the_cited_report_in_the_same_entry(
    desk: Desk, app_database: Database
) -> None:
    report, snapshot = registered(desk, "The Evening", FIRST)
    (item,) = proposed(desk, snapshot)

    link = accept(desk, snapshot, item["key"])

    stub = desk.get(f"/reports/{link['to_report_id']}")
    assert (stub["publisher"], stub["status"]) == ("Nordlys Post", "cited_not_held")
    assert link["anchor"]["exact"] == "the Nordlys Post reported"
    with app_database.reading() as session:
        rows = session.scalars(select(LogEntry).order_by(LogEntry.log_index.desc()))
        entry = parse(next(iter(rows)).body)
        assert [row["table"] for row in entry["rows"]] == ["report", "report_link"]
        assert entry["details"]["proposed_by"].startswith("link-rules 1")
        assert compare_rows(session).outcome is Outcome.PROVEN
    assert [i["state"] for i in proposed(desk, snapshot)] == ["linked"]
    assert desk.get(f"/reports/{report}/lineage")["roots"] == [[stub["id"]]]


def test_two_that_cite_one_publisher_for_the_same_thing_cite_one_report(desk: Desk) -> None:
    one, first = registered(desk, "The Evening", FIRST)
    two, second = registered(desk, "The Courier", SECOND)
    accept(desk, first, "publication:nordlyspost")

    item = next(i for i in proposed(desk, second) if i["layer"] == "claimed")

    (considered,) = item["considered"]
    assert considered["fits"]
    assert "a report that rests on it" in considered["why"]
    assert item["to_report_id"] == considered["report_id"]
    accept_all(desk, first, second)
    roots = [desk.get(f"/reports/{report}/lineage")["roots"] for report in (one, two)]
    assert roots == [[[item["to_report_id"]]]] * 2


@ON_ONE
def test_a_report_of_the_same_publisher_on_another_thing_is_not_meant(desk: Desk) -> None:
    held, _ = registered(desk, "Nordlys Post", OTHER)
    _, snapshot = registered(desk, "The Evening", FIRST)

    item = next(i for i in proposed(desk, snapshot) if i["layer"] == "claimed")

    assert item["to_report_id"] is None
    assert item["considered"] == [
        {"report_id": held, "fits": False, "why": item["considered"][0]["why"]}
    ]
    assert "the texts are of different things" in item["considered"][0]["why"]
    assert accept(desk, snapshot, item["key"])["to_report_id"] != held


@ON_ONE
def test_a_report_published_later_is_not_what_an_earlier_one_cites(desk: Desk) -> None:
    later = desk.report(publisher="Nordlys Post", published_edtf="2030-05-03")
    earlier = desk.report(publisher="Nordlys Post", published_edtf="2030-04-30")
    _, snapshot = registered(desk, "The Evening", FIRST, published_edtf="2030-05-01")

    item = next(i for i in proposed(desk, snapshot) if i["layer"] == "claimed")

    judged = {each["report_id"]: each["fits"] for each in item["considered"]}
    assert judged == {later: False, earlier: True}
    assert item["to_report_id"] == earlier


@ON_ONE
def test_texts_that_share_more_than_chance_are_proposed_and_led_by_their_dates(desk: Desk) -> None:
    earlier, _ = registered(desk, "The Evening", FIRST, published_edtf="2030-05-01")
    later, second = registered(desk, "The Courier", SECOND, published_edtf="2030-05-02")
    registered(desk, "The Road", OTHER)

    (item,) = [i for i in proposed(desk, second) if i["layer"] == "inferred"]

    assert (item["from_report_id"], item["to_report_id"]) == (later, earlier)
    assert item["relation"] == "paraphrases"
    assert item["overlap"]["once_in"] > 1_000
    link = accept(desk, second, item["key"])
    assert (link["layer"], "by chance in" in link["rationale"]) == ("inferred", True)


@ON_ONE
def test_a_translation_is_told_by_numbers_and_names_across_alphabets(desk: Desk) -> None:
    registered(desk, "The Evening", FIRST)
    text = (
        "По данным газеты, у Великой Липы 118-я бригада Марко Дзюбы остановила колонну из 43 "
        "машин, увели 267 человек, со склада в Старой Гребле вывезли 1150 литров топлива."
    )
    _, second = registered(desk, "Новая", text, language="ru")

    (item,) = [i for i in proposed(desk, second) if i["layer"] == "inferred"]

    assert (item["overlap"]["likeness"], item["relation"]) == ("translation", "shares_text")


@ON_ONE
def test_undated_texts_that_are_alike_count_as_one_source_whichever_came_first(desk: Desk) -> None:
    one, first = registered(desk, "The Evening", SECOND)
    two, _ = registered(desk, "The Courier", FIRST)
    (item,) = [i for i in proposed(desk, first) if i["layer"] == "inferred"]

    accept(desk, first, item["key"])

    roots = [desk.get(f"/reports/{report}/lineage")["roots"] for report in (one, two)]
    assert roots == [[sorted([one, two])]] * 2


@ON_ONE
def test_what_a_person_rejects_is_not_proposed_again_and_the_reason_stays(desk: Desk) -> None:
    registered(desk, "The Evening", SECOND)
    _, second = registered(desk, "The Courier", FIRST)
    key = next(i["key"] for i in proposed(desk, second) if i["layer"] == "inferred")

    rejection = desk.post(
        f"/snapshots/{second}/rejected-link-proposals", key=key, reason="Both were there."
    )

    assert rejection["reason"] == "Both were there."
    again = next(i for i in proposed(desk, second) if i["key"] == key)
    assert (again["state"], again["rejection"]) == ("rejected", rejection)
    assert accept(desk, second, key, 409)["type"].endswith("link-already-decided")


@ON_ONE
def test_likeness_that_a_common_source_explains_is_not_proposed(desk: Desk) -> None:
    _, first = registered(desk, "The Evening", FIRST)
    _, second = registered(desk, "The Courier", SECOND)
    accept(desk, first, "publication:nordlyspost")
    accept(desk, second, "publication:nordlyspost")

    states = {i["state"] for i in proposed(desk, first) if i["layer"] == "inferred"}

    assert states == {"explained"}


@ON_ONE
def test_a_person_may_name_another_report_than_the_rules_do(desk: Desk) -> None:
    meant = desk.report(publisher="Nordlys Post", title="The right one")
    _, snapshot = registered(desk, "The Evening", FIRST)

    link = accept(desk, snapshot, "publication:nordlyspost", to_report_id=meant, relation="quotes")

    assert (link["to_report_id"], link["relation"]) == (meant, "quotes")


@ON_ONE
def test_what_is_not_proposed_cannot_be_accepted(desk: Desk) -> None:
    _, snapshot = registered(desk, "The Evening", FIRST)

    problem = accept(desk, snapshot, "publication:nobody", 422)

    assert problem["field"] == "key"


@ON_ONE
def test_a_quote_and_an_assessment_have_the_sources_of_the_report_they_were_read_in(
    desk: Desk,
) -> None:
    _, snapshot = registered(desk, "The Evening", FIRST)
    recording = desk.recording()
    quote = desk.post(
        "/quotes",
        exact="267 people were led away",
        snapshot_id=snapshot,
        language="en",
        form="paraphrase",
        target={"kind": "recording", "recording_id": recording},
    )
    said = {
        "question": "integrity",
        "stance": "cannot_determine",
        "kind": "publisher_statement",
        "wording": "Nordlys Post reported",
        "assessor_as_described": "the paper",
    }
    read = desk.post(
        f"/recordings/{recording}/assessments",
        **said,
        anchor={"snapshot_id": snapshot, "exact": said["wording"]},
    )
    told = desk.post(f"/recordings/{recording}/assessments", **said)
    root = accept(desk, snapshot, "publication:nordlyspost")["to_report_id"]

    assert desk.get(f"/quotes/{quote['id']}/lineage")["roots"] == [[root]]
    assert desk.get(f"/assessments/{read['id']}/lineage")["roots"] == [[root]]
    assert desk.get(f"/assessments/{told['id']}/lineage")["root_count"] == 0


@ON_ONE
def test_circles_are_kept_as_claimed_and_have_one_root(desk: Desk) -> None:
    one, first = registered(desk, "Sula Post", "The Lypa Post reported that the bridge fell.")
    two, second = registered(desk, "Lypa Post", "The Sula Post reported that the bridge fell.")
    for source, target, snapshot in ((one, two, first), (two, one, second)):
        key = proposed(desk, snapshot)[0]["key"]
        accept(desk, snapshot, key, to_report_id=target)
        assert desk.get(f"/reports/{source}/links")["items"]

    assert desk.get(f"/reports/{one}/lineage")["roots"] == [sorted([one, two])]


@HELD
@ON_ONE
@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (2, 0, 3, 1)])
def test_three_of_the_four_seeds_have_one_root_and_the_fourth_stands_apart(
    desk: Desk, order: tuple[int, ...]
) -> None:
    """Registered by publisher; whatever is proposed is accepted; nothing else is told by anybody."""
    publishers = ("CNN", "UNN", None, "Chosun Biz")
    texts = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    made = {n: registered(desk, publishers[n], texts[n]) for n in order}

    accept_all(desk, *(snapshot for _, snapshot in made.values()))

    roots = {n: desk.get(f"/reports/{made[n][0]}/lineage")["roots"] for n in made}
    (((root,),),) = {tuple(map(tuple, roots[n])) for n in (1, 2, 3)}
    stub = desk.get(f"/reports/{root}")
    assert (stub["publisher"], stub["status"]) == ("CNN", "cited_not_held")
    assert root != made[0][0]
    assert root not in {each for group in roots[0] for each in group}
