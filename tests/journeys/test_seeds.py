"""
Four published articles, registered through the public API by an investigator who holds
none of the recordings that they speak of.

The articles are read from `../shared/seeds`; here stand only the few words between which a
quoted passage lies. What every reader of the catalogue must then see: no audio is held, so
nothing published of it is scored; a president's sentence is not looked for in any audio;
three of the four rest on one report that is not among them.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.conftest import Desk

POPASNA, AZOVSTAL, CIVILIANS, GERMAN = "popasna", "azovstal", "civilians", "german"
ZAPORIZHZHIA = "zaporizhzhia"


@dataclass(frozen=True)
class Quoted:
    """A quoted passage: from one fragment to another, and what it is of."""

    first: str
    last: str
    of: str
    form: str = "direct"
    speaker: str | None = None
    claim: tuple[str, int, str] | None = None
    replies: bool = False


@dataclass(frozen=True)
class Article:
    """One article: where it lies, what is known of it, what it quotes and whom it repeats."""

    file: str
    said: dict[str, Any]
    quotes: tuple[Quoted, ...]
    rests_on: str
    rests_on_words: str
    cites: dict[str, str] = field(default_factory=dict)


POST, BROADCASTER = "post", "broadcaster"
STUBS: dict[str, dict[str, Any]] = {
    POST: {
        "kind": "social_post",
        "language": "und",
        "publisher": "Ukrainian military intelligence",
        "published_raw": "Wednesday",
    },
    BROADCASTER: {"kind": "news", "language": "en", "publisher": "CNN"},
}
RECORDINGS: dict[str, dict[str, Any]] = {
    POPASNA: {"title": "Order about prisoners, Popasna", "kind": "unspecified"},
    AZOVSTAL: {"title": "Ground unit commander on air strikes", "kind": "unspecified"},
    CIVILIANS: {"title": "Soldiers on civilians", "kind": "radio"},
    GERMAN: {"title": "Intercepted by German foreign intelligence", "kind": "radio"},
    ZAPORIZHZHIA: {
        "title": "Order about those who surrender, Zaporizhzhia",
        "kind": "radio",
        "series": "Radio conversations, Zaporizhzhia",
    },
}
ARTICLES = (
    Article(
        file="000_479877dfb85acd00.txt",
        said={"kind": "news", "language": "en", "publisher": "CNN"},
        rests_on=POST,
        rests_on_words="military intelligence\u00a0tweeted",
        cites={
            POPASNA: "alleged intercepted audio recording",
            AZOVSTAL: "intercept of a Russian ground unit commander",
            CIVILIANS: "purported intercepted radio traffic",
            GERMAN: "intercepted alleged radio communications",
        },
        quotes=(
            Quoted("The Main Intelligence", "(Luhansk Region)", POST),
            Quoted("This is a blatant", "and looters", POST),
            Quoted(
                "What can I tell",
                "including relatives",
                POPASNA,
                speaker="unknown Russian soldiers",
            ),
            Quoted("level everything", "to the ground", AZOVSTAL, form="partial"),
            Quoted("Block off this", "get through", "statement", speaker="Vladimir Putin"),
            Quoted("Russia is certainly", "further on", "statement", speaker="Serhii Haidai"),
            Quoted("Certainly they", "out a lot", "statement", speaker="Serhii Haidai"),
            Quoted("We’ve established", "their equipment", "statement"),
            Quoted("We have a very", "as possible", "statement"),
        ),
    ),
    Article(
        file="001_7e1ce1f5118ff503.txt",
        said={"kind": "news", "language": "en", "publisher": "UNN"},
        rests_on=BROADCASTER,
        rests_on_words="UNN referencing CNN",
        cites={ZAPORIZHZHIA: "series of radio conversations"},
        quotes=(
            Quoted("The radio crackled", "kill the rest", BROADCASTER),
            Quoted("seize the commander", "kill the rest", ZAPORIZHZHIA, form="paraphrase"),
            Quoted("Radio communications intercepted by", "being led away", BROADCASTER),
            Quoted("serious", "violations", "statement", form="partial"),
            Quoted(
                "The Russian executions of", "opposite effect", "statement", speaker="Georgy Tikhy"
            ),
            Quoted("Every such case", "to the Kremlin", "statement", speaker="Georgy Tikhy"),
            Quoted("instructions given", "and military", "statement", speaker="Yuriy Belousov"),
        ),
    ),
    Article(
        file="002_99a8dea882886bf2.txt",
        said={"kind": "news", "language": "en"},
        rests_on=BROADCASTER,
        rests_on_words="shared with CNN",
        cites={ZAPORIZHZHIA: "Intercepted radio communications"},
        quotes=(
            Quoted("Screenshot of the", "war crimes", "material", form="caption"),
            Quoted(
                "take the commander", "everyone else", ZAPORIZHZHIA, speaker="a Russian commander"
            ),
            Quoted("six soldiers lying", "marched away", BROADCASTER),
            Quoted("grave", "breaches", "statement", form="partial"),
            Quoted("We haven’t yet", "of oral orders", "statement", speaker="Yuriy Bielousov"),
        ),
    ),
    Article(
        file="003_06c6ae39197f474c.txt",
        said={"kind": "news", "language": "en", "published_raw": "the 21st (local time)"},
        rests_on=BROADCASTER,
        rests_on_words="CNN reported, citing",
        cites={ZAPORIZHZHIA: "obtained radio communications"},
        quotes=(
            Quoted(
                "capture the commander",
                "kill the rest",
                ZAPORIZHZHIA,
                speaker="a Russian commander",
                claim=("exactly", 6, "repeated six times"),
            ),
            Quoted("I only found", "senior soldier", ZAPORIZHZHIA, speaker="a frontline soldier"),
            Quoted(
                "Take him and", "the rest", ZAPORIZHZHIA, speaker="the commander", replies=True
            ),
            Quoted("suggest circumstances", "surrendered soldiers", "statement"),
            Quoted("such actions cannot", "military command", "statement"),
            Quoted("This is due to", "military leadership", "statement"),
            Quoted("some have been", "verbal commands", "statement"),
        ),
    ),
)


@dataclass
class Catalogue:
    """The four articles as they were registered: identifiers by name."""

    desk: Desk
    recordings: dict[str, str] = field(default_factory=dict)
    reports: dict[str, str] = field(default_factory=dict)
    quotes: list[dict[str, Any]] = field(default_factory=list)

    def post(self, path: str, **body: Any) -> dict[str, Any]:
        return dict(self.desk.post(path, body))

    def get(self, path: str) -> dict[str, Any]:
        return dict(self.desk.get(path))

    def enter(self, article: Article, text: str, *, case: str) -> None:
        """Register one article with everything it quotes and cites."""
        report = self.post("/reports", case_id=case, **article.said)["id"]
        self.reports[article.file] = report
        snapshot = self.post(f"/reports/{report}/snapshots", text=text)["id"]
        self.post(
            f"/reports/{report}/links",
            to_report_id=self.reports[article.rests_on],
            relation="cites",
            layer="claimed",
            anchor={"snapshot_id": snapshot, "exact": article.rests_on_words},
        )
        for name, words in article.cites.items():
            self.post(
                f"/snapshots/{snapshot}/citations",
                recording_id=self.recordings[name],
                exact=words,
            )
        for quoted in article.quotes:
            self.quote(quoted, text, snapshot=snapshot)

    def quote(self, quoted: Quoted, text: str, *, snapshot: str) -> None:
        """Register one quoted passage at the place where it stands."""
        start = text.index(quoted.first)
        end = text.index(quoted.last, start) + len(quoted.last)
        claim = quoted.claim
        made = self.post(
            "/quotes",
            snapshot_id=snapshot,
            exact=text[start:end],
            start=start,
            language="en",
            form=quoted.form,
            target=self.target(quoted.of),
            speaker_as_described=quoted.speaker,
            in_reply_to=self.quotes[-1]["id"] if quoted.replies else None,
            occurrence_claim=(
                {"op": claim[0], "count": claim[1], "raw": claim[2]} if claim else None
            ),
        )
        self.quotes.append(made)

    def target(self, of: str) -> dict[str, str]:
        """What a passage is of, as the API wants it said."""
        if of in self.recordings:
            return {"kind": "recording", "recording_id": self.recordings[of]}
        if of in self.reports:
            return {"kind": "report", "report_id": self.reports[of]}
        return {"kind": of}


@pytest.fixture(scope="module")
def catalogue(desk: Desk, shared: Path) -> Catalogue:
    catalogue = Catalogue(desk)
    case = desk.cast.case_id
    for name, said in RECORDINGS.items():
        catalogue.recordings[name] = catalogue.post("/recordings", case_id=case, **said)["id"]
    for name, said in STUBS.items():
        catalogue.reports[name] = catalogue.post("/reports", case_id=case, **said)["id"]
    for article in ARTICLES:
        text = (shared / "seeds" / article.file).read_bytes().decode()
        catalogue.enter(article, text, case=case)
    return catalogue


def test_four_articles_whose_recordings_nobody_here_holds(
    catalogue: Catalogue, shared: Path
) -> None:
    # Every recording is catalogued and none is held.
    for recording in catalogue.recordings.values():
        assert catalogue.get(f"/recordings/{recording}")["status"] == "cited_not_held"

    # Every article is frozen as it lies there, and every anchor is true of it.
    texts: dict[str, str] = {}
    for article in ARTICLES:
        report = catalogue.reports[article.file]
        assert catalogue.get(f"/reports/{report}")["status"] == "held"
        (listed,) = catalogue.get(f"/reports/{report}/snapshots")["items"]
        frozen = catalogue.get(f"/snapshots/{listed['id']}")
        assert frozen["text"].encode() == (shared / "seeds" / article.file).read_bytes()
        texts[frozen["id"]] = frozen["text"]
    for made in catalogue.quotes:
        anchor = made["anchor"]
        text = texts[anchor["snapshot_id"]]
        assert text[anchor["start"] : anchor["end"]] == anchor["exact"]

    # No audio, no score: neither for one quote asked for, nor in the list of a recording.
    of_recordings = [q for q in catalogue.quotes if q["target"]["kind"] == "recording"]
    assert len(of_recordings) == 7
    for made in of_recordings:
        standing = catalogue.get(f"/quotes/{made['id']}")["standing"]
        assert standing["verdict"] == "not_checkable_no_audio"
        assert standing["supports"] is False
    for name, count in {POPASNA: 1, AZOVSTAL: 1, CIVILIANS: 0, GERMAN: 0, ZAPORIZHZHIA: 5}.items():
        items = catalogue.get(f"/recordings/{catalogue.recordings[name]}/quotes")["items"]
        assert [q["standing"]["state"] for q in items] == ["not_checkable"] * count

    # What people said elsewhere, what reports wrote and what films show is never sought in audio.
    others = [q for q in catalogue.quotes if q["target"]["kind"] != "recording"]
    assert len(others) == 21
    assert {q["standing"]["state"] for q in others} == {"not_applicable"}
    assert {q["standing"]["verdict"] for q in others} == {None}

    # What the reports say of a quote is kept beside it.
    marks = {gap["kind"] for gap in of_recordings[0]["gaps"]}
    assert {"expletive", "unintelligible"} <= marks
    (counted,) = [q for q in of_recordings if q["occurrence_claim"]]
    assert (counted["occurrence_claim"]["op"], counted["occurrence_claim"]["count"]) == (
        "exactly",
        6,
    )
    found, order = of_recordings[-2:]
    assert order["in_reply_to"] == found["id"]

    # Three articles are one source, which is not among them; the older one stands apart.
    lineage = catalogue.get(f"/recordings/{catalogue.recordings[ZAPORIZHZHIA]}/lineage")
    assert len(lineage["report_ids"]) == 3
    assert lineage["roots"] == [[catalogue.reports[BROADCASTER]]]
    older = catalogue.get(f"/recordings/{catalogue.recordings[POPASNA]}/lineage")
    assert older["roots"] == [[catalogue.reports[POST]]]


def test_two_recordings_that_mean_nearly_the_same_are_kept_apart(catalogue: Catalogue) -> None:
    popasna, zaporizhzhia = (catalogue.recordings[n] for n in (POPASNA, ZAPORIZHZHIA))

    made = catalogue.post(
        f"/recordings/{popasna}/links",
        other_id=zaporizhzhia,
        kind="not_same_as",
        ground="provenance",
        reason="Another place, other years, released by somebody else.",
    )

    assert made["kind"] == "not_same_as"
    of_one = catalogue.get(f"/recordings/{popasna}/quotes")["items"]
    of_other = catalogue.get(f"/recordings/{zaporizhzhia}/quotes")["items"]
    assert not {q["id"] for q in of_one} & {q["id"] for q in of_other}
