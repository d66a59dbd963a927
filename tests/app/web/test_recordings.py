"""The recording page in each state a recording can be in."""

import pytest
from sqlalchemy import func, select

from app.accounts.permissions import Role
from app.assessments.models import Question, Stance
from app.core.actor import Actor, ActorKind
from app.custody.events import EventType
from app.custody.models import LogEntry
from app.quotes import service
from app.quotes.review import State
from app.quotes.wording import OccurrenceClaim, Target, TargetKind
from app.recordings.provenance import Status
from app.reports.anchor import Passage
from app.reports.models import Snapshot
from app.web.vocabulary import EVENTS, FORMATS, STATES, VERDICTS
from tests.app.web.browsing import Page
from tests.app.web.conftest import UNDECODABLE, Desk, Enter
from transcription import formats
from transcription.alignment import Verdict
from transcription.formats import TranscriptFormat
from transcription.quotation.proposal import CountOperator, QuoteForm
from transcription.transcript import Segment, Transcript

SPOKEN = """WEBVTT

00:01.000 --> 00:03.000
The convoy of six trucks leaves at nine.

00:03.500 --> 00:06.000
Do not shoot the prisoners, take them to the river.

00:06.500 --> 00:08.000
Call the doctor in the morning.
"""
QUOTES = {
    "The convoy of six trucks leaves at nine": Verdict.VERBATIM,
    "The convoy of 6 trucks leaves at nine": Verdict.NORMALISED,
    "take them to a river": Verdict.VARIANT_WORDING,
    "take them quickly to the river": Verdict.ADDS_CONTENT,
    "The convoy leaves at nine": Verdict.OMITS_CONTENT,
    "The convoy of seven trucks leaves at nine": Verdict.REVERSED,
    "helicopters over a village yesterday": Verdict.NOT_FOUND,
}


def quoted(desk: Desk, recording: str, quotes: dict[str, Verdict] = QUOTES) -> str:
    """A report that quotes the recording, each quote looked for in what is said."""
    report = desk.report("\n".join(f'It was said: "{quote}".' for quote in quotes))
    for quote in quotes:
        desk.mark(report, quote, recording_id=recording)
    desk.browser.submit(desk.browser.open(f"/recordings/{recording}"), "/alignments")
    return report


def entries(desk: Desk) -> int:
    """How much the custody log holds."""
    with desk.database.reading() as session:
        return session.scalar(select(func.count()).select_from(LogEntry)) or 0


def test_a_recording_that_is_only_cited_says_so_and_checks_nothing(desk: Desk) -> None:
    recording = desk.add()
    desk.mark(
        desk.report('He said "go to the bridge".'), "go to the bridge", recording_id=recording
    )

    page = desk.browser.open(f"/recordings/{recording}")

    assert "No audio is held" in page.text
    assert "Not checkable: no audio held" in page.text
    assert "Nobody here holds the audio" in page.text
    assert "go to the bridge" in page.text
    assert not any(tag == "audio" for tag, _ in page.elements)
    refused = desk.browser.submit(page, "/transcriptions", engine="pocketsphinx", language="en")
    assert refused.status == 409
    assert "nothing of this recording is held" in refused.text.lower()
    assert refused.form("/transcriptions").fields["engine"] == "pocketsphinx"


def test_bytes_that_are_no_audio_are_kept_and_nothing_is_checked_with_them(desk: Desk) -> None:
    recording = desk.add()
    desk.upload(recording)
    desk.decode(recording, UNDECODABLE)
    desk.mark(
        desk.report('He said "go to the bridge".'), "go to the bridge", recording_id=recording
    )

    page = desk.browser.open(f"/recordings/{recording}")

    assert "not audio that we can decode" in page.text
    assert "Not checkable: no audio held" in page.text
    assert not any(tag == "audio" for tag, _ in page.elements)


def test_what_is_held_is_shown_with_words_quotes_and_custody(desk: Desk) -> None:
    recording = desk.held()
    assert "No transcript yet" in desk.browser.open(f"/recordings/{recording}").text
    desk.bring_in(recording, SPOKEN, format="vtt")
    quoted(desk, recording)

    page = desk.browser.open(f"/recordings/{recording}")

    for verdict in set(QUOTES.values()):
        assert VERDICTS[verdict][2] in page.text, verdict
    assert page.text.count("proposed") >= len(QUOTES)
    assert "confirmed" not in page.text.split("Custody")[0]
    assert "the quote has “seven” where “six” was heard" in page.text
    assert "quoted, not spoken: quickly" in page.text, "a difference is also said in words"
    assert "0:01.0–0:03.0" in page.text
    played = [given["data-play"] for tag, given in page.elements if "data-play" in given]
    assert "t=1,3" in played
    cited = [given for tag, given in page.elements if "cited" in given.get("class", "").split()]
    assert len(cited) >= len("The convoy of six trucks leaves at nine".split())
    for event in ("Entered in the catalogue", "Bytes taken into custody", "Transcript kept"):
        assert event in page.text.split("Custody")[1]
    audio = next(given for tag, given in page.elements if tag == "audio")
    assert "controls" in audio
    assert desk.browser.client.get(audio["src"]).content == f"playback of {recording}".encode()


def test_a_quote_in_another_language_than_the_transcript_is_not_checked(desk: Desk) -> None:
    recording = desk.held()
    desk.bring_in(recording, SPOKEN, format="vtt")
    report = desk.report("«Шість вантажівок»", language="uk")
    desk.mark(report, "Шість вантажівок", recording_id=recording)

    page = desk.browser.submit(desk.browser.open(f"/recordings/{recording}"), "/alignments")

    assert "Not checkable: language" in page.text


def test_whoever_took_it_in_cannot_confirm_and_a_reviewer_can(desk: Desk, enter: Enter) -> None:
    recording = desk.held()
    desk.bring_in(recording, SPOKEN, format="vtt")
    quote = "Call the doctor in the morning"
    quoted(desk, recording, {quote: Verdict.VERBATIM})
    address = f"/recordings/{recording}"
    assert not desk.browser.open(address).has_form("/decisions")
    reviewer = enter(Role.REVIEWER)

    before = entries(desk)
    unchosen = reviewer.submit(reviewer.open(address), "/decisions", rationale="I heard it.")
    assert unchosen.status == 422, "no ruling is chosen beforehand"
    assert unchosen.form("/decisions").fields["rationale"] == "I heard it."
    silent = reviewer.submit(
        reviewer.open(address), "/decisions", ruling="cannot_tell", rationale="  "
    )
    assert silent.status == 422
    assert "Rationale is empty" in silent.text
    assert silent.form("/decisions").fields["ruling"] == "cannot_tell"

    assert entries(desk) == before, "what was refused left nothing behind"

    first = reviewer.open(address)
    confirmed = reviewer.submit(first, "/decisions", ruling="confirmed", rationale="I heard it.")
    assert "Confirmed by Somebody" in confirmed.text
    assert "I heard it." in confirmed.text

    again = reviewer.submit(confirmed, "/decisions", ruling="rejected", rationale="It is not so.")
    assert "Rejected by Somebody" in again.text
    assert "I heard it." not in again.text, "only the decision in force is shown"

    stale = reviewer.submit(first, "/decisions", ruling="confirmed", rationale="I still think so.")
    assert stale.status == 409
    assert "another decision is in force" in stale.text.lower()
    assert stale.form("/decisions").fields["rationale"] == "I still think so."
    assert "It is not so." in stale.text


def test_a_reviewer_who_brought_the_recording_cannot_confirm(desk: Desk, enter: Enter) -> None:
    both = Desk(enter(Role.INVESTIGATOR, Role.REVIEWER), desk.parts)
    recording = both.held()
    both.bring_in(recording, SPOKEN, format="vtt")
    quoted(both, recording, {"Call the doctor": Verdict.VERBATIM})
    page = both.browser.open(f"/recordings/{recording}")

    refused = both.browser.submit(page, "/decisions", ruling="confirmed", rationale="I was there.")

    assert refused.status == 403
    assert "neither confirm nor overrule this: you brought bytes" in refused.text
    assert refused.form("/decisions").fields["rationale"] == "I was there."
    assert "proposed" in refused.text


def test_assessments_are_recorded_in_peoples_own_words(desk: Desk) -> None:
    recording = desk.held()
    page = desk.browser.open(f"/recordings/{recording}")
    assert "No assessment is in force" in page.text
    said = "publisher_statement"
    typed = {"question": Question.CONTINUITY, "stance": Stance.CANNOT_DETERMINE, "kind": said}

    refused = desk.browser.submit(
        page, "/assessments", wording=" ", assessor="an engineer", method="listening", **typed
    )
    assert refused.status == 422
    assert refused.form("/assessments").fields["method"] == "listening"
    assert refused.form("/assessments").fields["question"] == Question.CONTINUITY

    recorded = desk.browser.submit(
        refused, "/assessments", wording="I hear no interruption.", assessor="an engineer"
    )
    assert "I hear no interruption." in recorded.text
    assert "cannot determine" in recorded.text
    assert '<dt>Limitations</dt><dd dir="auto">not stated</dd>' in recorded.html


@pytest.mark.parametrize(
    "typed",
    [
        {"text": "  "},
        {"text": "Some words", "language": "klingon"},
        {"text": "these are no cues", "format": "srt"},
    ],
)
def test_a_transcript_that_cannot_be_read_comes_back(desk: Desk, typed: dict[str, str]) -> None:
    recording = desk.add()

    refused = desk.bring_in(recording, **typed)

    assert refused.status == 422
    kept = refused.form("/transcripts").fields
    assert kept["text"] == typed["text"]
    assert "No transcript yet" in refused.text


def test_a_transcript_comes_as_a_file_and_its_repairs_are_shown(desk: Desk) -> None:
    recording = desk.held()
    page = desk.browser.open(f"/recordings/{recording}")
    form = page.form("/transcripts")
    grid = formats.write(
        Transcript("en", (Segment("Three trucks", 500, 999_000),)),
        format=TranscriptFormat.TEXTGRID,
    )
    typed = {**form.fields, "language": "en", "format": "", "text": ""}
    files = {"file": ("one.TextGrid", grid.decode().encode("utf-16"))}

    refused = Page(desk.browser.client.post(form.action, data=typed, files=files))
    assert refused.status == 422
    assert "the recording ends at" in refused.text

    typed["repair"] = "yes"
    kept = Page(desk.browser.client.post(form.action, data=typed, files=files))
    assert kept.status == 200
    assert "Three trucks" in kept.text
    assert "1 time was repaired" in kept.text
    assert "00:16:39.000" in kept.text
    assert "format=eaf" in str(kept.elements)


def test_what_a_machine_made_is_brought_in_as_that(desk: Desk) -> None:
    recording = desk.held()
    machines = "[Machine-made, not checked by a person: tool 3]\nThree trucks\n"

    refused = desk.bring_in(recording, machines)
    assert refused.status == 422
    assert "says that a machine made it" in refused.text

    kept = desk.bring_in(recording, machines, model="tool 3")
    assert "Machine-made by tool 3" in kept.text
    assert "format=vtt" not in str(kept.elements), "nothing is offered that would be refused"


def test_a_file_without_the_forms_own_secret_is_not_taken(desk: Desk) -> None:
    recording = desk.held()
    page = desk.browser.open(f"/recordings/{recording}")
    form = page.form("/transcripts")
    typed = {**form.fields, "language": "en", "text": "go", "csrf": "guessed"}

    refused = Page(desk.browser.client.post(form.action, data=typed, files={"file": ("a", b"go")}))

    assert refused.status == 403


def test_every_format_has_a_name() -> None:
    assert set(FORMATS) == set(TranscriptFormat)


def test_an_engine_nobody_knows_is_refused_on_the_form(desk: Desk) -> None:
    recording = desk.held()
    page = desk.browser.open(f"/recordings/{recording}")

    refused = desk.browser.submit(page, "/transcriptions", engine="soothsayer", language="en")

    assert refused.status == 422
    assert refused.form("/transcriptions").fields["engine"] == "soothsayer"


def test_every_verdict_state_and_event_has_words_of_its_own() -> None:
    assert set(VERDICTS) == set(Verdict)
    assert set(Status) <= set(STATES)
    assert {State.PROPOSED, State.CONFIRMED, State.REJECTED, State.CANNOT_TELL} <= set(STATES)
    assert set(EVENTS) <= set(EventType)
    assert {event for event in EventType if event.startswith("recording:")} <= set(EVENTS)
    assert len({words for _, _, words in VERDICTS.values()}) == len(VERDICTS)


def test_claimed_and_counted_and_each_place_are_told_in_words(desk: Desk) -> None:
    recording = desk.held()
    again = SPOKEN.replace("Call the doctor in the morning.", "Do shoot the prisoners.")
    desk.bring_in(recording, again, format="vtt")
    words = "Do not shoot the prisoners"
    report = desk.report(f'Said at least six times: "{words}".')
    with desk.database.writing() as session:
        snapshot = session.scalars(select(Snapshot).where(Snapshot.report_id == report)).one()
        service.quote(
            session,
            actor=Actor(id="somebody", kind=ActorKind.PERSON, name="Somebody"),
            snapshot=snapshot,
            passage=Passage(exact=words),
            language="en",
            form=QuoteForm.DIRECT,
            target=Target(kind=TargetKind.RECORDING, recording_id=recording),
            occurrence_claim=OccurrenceClaim(
                op=CountOperator.AT_LEAST, count=6, raw="at least six times"
            ),
        )
    page = desk.browser.submit(desk.browser.open(f"/recordings/{recording}"), "/alignments")

    assert "≠count differs claimed at least 6 (at least six times), counted 1" in page.text
    assert "and 1 more that comes close" in page.text
    assert "Meaning reversed the quote has “not” where no negation was heard" in page.text
    assert "What is affirmed and what is denied=agrees" in page.text
    assert "Order, wish, question or fact" in page.text
