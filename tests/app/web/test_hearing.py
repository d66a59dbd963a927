"""What the page offers and says of machines' transcripts: tasks, channels, retries, replays."""

from typing import Any

from app.core.actor import service
from app.core.digest import Digest
from app.recordings import queries
from app.transcripts import replays
from app.transcripts import service as transcripts
from app.transcripts.models import Transcript, TranscriptKind
from app.transcripts.replay import judged
from tests.app.web.conftest import DECODED, Desk
from transcription.transcript import Flag, Segment, Word
from transcription.transcript import Transcript as Content

WORKER = service("worker")
LOOPED = Content("ru", (Segment("есть есть есть", 0, 2000, flags=(Flag.REPETITION,)),))
TAMER = Content("ru", (Segment("есть", 0, 900, (Word("есть", 0, 900),)),))


def heard(desk: Desk, recording: str, content: Content = LOOPED, **more: Any) -> Transcript:
    pins = {
        "engine": "whisper:small",
        "version": "1",
        "task": "transcribe",
        "language": "ru",
        "input": {"pcm_sha256": DECODED.pcm_sha256, "channel": None},
        **more.pop("pins", {}),
    }
    with desk.database.writing() as session:
        return transcripts.keep(
            session,
            actor=WORKER,
            recording=queries.get(session, recording),
            content=content,
            kind=more.pop("kind", TranscriptKind.ASR),
            instance=queries.original_of(session, recording),
            pcm_sha256=DECODED.pcm_sha256,
            derivation=pins,
            **more,
        )


def test_task_and_channel_are_chosen_when_asking(desk: Desk) -> None:
    recording = desk.held()
    page = desk.browser.open(f"/recordings/{recording}")
    refused = desk.browser.submit(page, "/transcriptions", engine="pocketsphinx", task="translate")

    assert refused.status == 422
    assert "was not made to translate" in refused.text
    assert "Translate it" in refused.text


def test_a_loop_is_offered_to_be_heard_again_and_the_rest_to_be_compared(desk: Desk) -> None:
    recording = desk.held()
    heard(desk, recording)
    page = desk.browser.open(f"/recordings/{recording}")

    for offered in (
        "Translate into English",
        "Hear the loops again",
        "Make it again and compare",
    ):
        assert offered in page.text
    asked = desk.browser.submit(page, "/retries")
    assert asked.status == 200
    assert "Transcribe" in asked.text
    assert "queued" in asked.text
    heard(desk, recording, TAMER)
    assert "Hear the loops again" not in desk.browser.open(f"/recordings/{recording}").text


def test_nothing_is_offered_of_what_a_person_wrote(desk: Desk) -> None:
    recording = desk.held()
    desk.bring_in(recording, "Call the doctor")

    page = desk.browser.open(f"/recordings/{recording}")

    assert "Make it again and compare" not in page.text
    assert "Hear the loops again" not in page.text


def test_a_translation_says_of_what_and_a_replay_what_it_found(desk: Desk) -> None:
    recording = desk.held()
    source = heard(desk, recording)
    made = heard(
        desk,
        recording,
        Content("en", (Segment("yes", 0, 900, (Word("yes", 0, 900),)),)),
        kind=TranscriptKind.TRANSLATION,
        parent=source,
        pins={"task": "translate", "parent": {"relation": "translation"}},
    )
    assert made.derivation is not None
    pcm = str(Digest.of_bytes(b"other samples"))
    now = {**made.derivation, "version": "2", "input": {"pcm_sha256": pcm, "channel": None}}
    said = Content("en", (Segment("yes", 0, 900, (Word("yes", 40, 900),)),))
    with desk.database.writing() as session:
        replays.keep(
            session,
            actor=WORKER,
            transcript=made,
            outcome=judged(
                Content("en", (Segment("yes", 0, 900, (Word("yes", 0, 900),)),)),
                made.derivation,
                said,
                now,
            ),
            derivation=now,
        )

    page = desk.browser.open(f"/recordings/{recording}?transcript={made.id}")

    assert "Translated by a machine, window by window, from the sound of" in page.text
    linked = [given["href"] for tag, given in page.elements if tag == "a" and "href" in given]
    assert f"/recordings/{recording}?transcript={source.id}" in linked
    assert "The original was also decoded to other samples" in page.text
    assert pcm in page.text
    assert "by at most 40 ms" in page.text
    assert "version was 1, is 2" in page.text
    assert "Machine transcript made again" in page.text


def test_a_quote_found_in_a_machines_translation_says_so(desk: Desk) -> None:
    recording = desk.held()
    source = heard(desk, recording)
    heard(
        desk,
        recording,
        Content("en", (Segment("call the doctor in the morning", 0, 900),)),
        kind=TranscriptKind.TRANSLATION,
        parent=source,
    )
    report = desk.report('It was said: "call the doctor in the morning".')
    desk.mark(report, "call the doctor in the morning", recording_id=recording)
    page = desk.browser.submit(desk.browser.open(f"/recordings/{recording}"), "/alignments")

    assert "against a machine translation" in page.text
    assert "Variant wording" in page.text
    assert "Word for word" not in page.text
