"""Transcripts over HTTP: asked for, brought in, corrected, handed out."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.accounts.permissions import Role
from app.core import actor
from app.core.database import Database
from app.core.digest import Digest
from app.recordings import service as recordings
from app.recordings.acquisition import Arrival, Declared
from app.recordings.models import Recording
from app.recordings.provenance import Particulars
from app.transcripts import service
from app.transcripts.models import TranscriptKind
from transcription.transcript import Segment
from transcription.transcript import Transcript as Content

SignUp = Callable[[Role, str], dict[str, str]]
SRT = "1\n00:00:01,000 --> 00:00:02,500\nThree trucks of flour\n"


@pytest.fixture
def case(people: Any) -> str:
    return str(people.case())


@pytest.fixture
def headers(sign_up: SignUp, case: str) -> dict[str, str]:
    return sign_up(Role.INVESTIGATOR, case)


@pytest.fixture
def recording(app_database: Database, case: str) -> Recording:
    with app_database.writing() as session:
        made = recordings.catalogue(
            session,
            actor=actor.service("test"),
            case_id=case,
            particulars=Particulars(title="Traffic about flour"),
        )
        recordings.acquire(
            session,
            actor=actor.service("test"),
            recording=made,
            arrival=Arrival(digest=Digest.of_bytes(b"bytes"), size=5, declared=Declared()),
        )
        return made


def body(**changes: Any) -> dict[str, Any]:
    return {"kind": "human", "format": "srt", "language": "en", "content": SRT, **changes}


def brought_in(
    client: TestClient, headers: dict[str, str], recording: Recording, **changes: Any
) -> Any:
    address = f"/api/v1/recordings/{recording.id}/transcripts"
    answer = client.post(address, json=body(**changes), headers=headers)
    assert answer.status_code == 201, answer.json()
    return answer.json()


def test_asking_for_a_transcription_answers_with_its_job(
    client: TestClient, headers: dict[str, str], recording: Recording
) -> None:
    address = f"/api/v1/recordings/{recording.id}/transcriptions"
    answer = client.post(
        address, json={"engine": "pocketsphinx", "language": "en"}, headers=headers
    )

    assert answer.status_code == 202
    job = client.get(answer.headers["Location"], headers=headers).json()
    assert job == answer.json()
    assert (job["kind"], job["state"], job["params"]["engine"]) == (
        "transcribe",
        "queued",
        "pocketsphinx",
    )


def test_the_same_request_sent_twice_makes_one_job(
    client: TestClient, headers: dict[str, str], recording: Recording
) -> None:
    address = f"/api/v1/recordings/{recording.id}/transcriptions"
    keyed = {**headers, "Idempotency-Key": "one"}
    first = client.post(address, json={}, headers=keyed)
    again = client.post(address, json={}, headers=keyed)

    assert first.json()["id"] == again.json()["id"]
    listed = client.get(f"/api/v1/jobs?subject_id={recording.id}", headers=headers).json()
    assert len(listed["items"]) == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"language": "klingon"}, "language"),
        ({"content": ""}, "content"),
        ({"content": "1\n00:00:09,000 --> 00:00:01,000\nno\n"}, "content"),
        ({"kind": "asr"}, "model"),
        ({"kind": "overheard"}, "kind"),
        ({"format": "docx"}, "format"),
    ],
)
def test_a_bad_transcript_is_refused_with_the_field_named(
    client: TestClient,
    headers: dict[str, str],
    recording: Recording,
    changes: dict[str, str],
    field: str,
) -> None:
    address = f"/api/v1/recordings/{recording.id}/transcripts"
    answer = client.post(address, json=body(**changes), headers=headers)

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert field in str(answer.json())
    assert client.get(address, headers=headers).json() == {"items": []}


def test_a_malformed_file_is_refused_with_its_line(
    client: TestClient, headers: dict[str, str], recording: Recording
) -> None:
    broken = SRT + "\n2\n00:00:09,000 --> 00:00:01,000\nno\n"
    answer = client.post(
        f"/api/v1/recordings/{recording.id}/transcripts",
        json=body(content=broken),
        headers=headers,
    )

    assert answer.status_code == 422
    assert answer.json()["field"] == "content"
    assert answer.json()["line"] == 6


def test_an_unknown_language_of_a_request_is_refused(
    client: TestClient, headers: dict[str, str], recording: Recording
) -> None:
    answer = client.post(
        f"/api/v1/recordings/{recording.id}/transcriptions",
        json={"language": "xx"},
        headers=headers,
    )

    assert (answer.status_code, answer.json()["field"]) == (422, "language")


def test_a_transcript_is_handed_out_in_every_format(
    client: TestClient, headers: dict[str, str], recording: Recording
) -> None:
    made = brought_in(client, headers, recording)
    for written, kind in (
        ("vtt", "text/vtt"),
        ("srt", "application/x-subrip"),
        ("textgrid", "text/praat-textgrid"),
        ("eaf", "text/x-eaf+xml"),
        ("whisperx", "application/json"),
        ("json", "application/json"),
        ("txt", "text/plain"),
    ):
        answer = client.get(
            f"/api/v1/transcripts/{made['id']}/content?format={written}", headers=headers
        )
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith(kind)
        assert "Three trucks of flour" in answer.text


def test_a_machines_words_carry_their_notice_wherever_they_go(
    client: TestClient, headers: dict[str, str], recording: Recording, app_database: Database
) -> None:
    notice = "Exercise model. Not for casework."
    with app_database.writing() as session:
        made = service.keep(
            session,
            actor=actor.service("worker"),
            recording=recording,
            content=Content("en", (Segment("flour", 0, 900),)),
            kind=TranscriptKind.ASR,
            derivation={"engine": "whisper:exercise", "notice": notice},
        )
    found = client.get(f"/api/v1/transcripts/{made.id}", headers=headers).json()
    assert (found["engine"], found["notice"]) == ("whisper:exercise", notice)
    for written in ("vtt", "srt", "textgrid", "eaf", "whisperx", "json", "txt"):
        address = f"/api/v1/transcripts/{made.id}/content?format={written}"
        handed = client.get(address, headers=headers).text
        assert f"whisper:exercise. {notice}" in handed, written
        for kind, status in (("human", 422), ("asr", 201)):
            again = client.post(
                f"/api/v1/recordings/{recording.id}/transcripts",
                json={"kind": kind, "language": "en", "content": handed},
                headers=headers,
            )
            assert again.status_code == status, (written, again.json())
        assert again.json()["engine"] == f"whisper:exercise. {notice}"
        assert again.json()["word_count"] == 1


def test_a_correction_of_a_machines_words_says_so_wherever_it_goes(
    client: TestClient, headers: dict[str, str], recording: Recording
) -> None:
    parent = brought_in(client, headers, recording, kind="asr", model="tool 3")
    child = client.post(
        f"/api/v1/transcripts/{parent['id']}/corrections",
        json={"content": SRT.replace("flour", "floor")},
        headers=headers,
    ).json()
    for written in ("vtt", "srt", "textgrid", "eaf", "whisperx", "json", "txt"):
        address = f"/api/v1/transcripts/{child['id']}/content?format={written}"
        handed = client.get(address, headers=headers).text
        assert "tool 3" in handed
        assert "corrected by a person" in handed


def test_xml_is_never_shown_under_our_own_address(
    client: TestClient, headers: dict[str, str], recording: Recording
) -> None:
    made = brought_in(client, headers, recording)
    answer = client.get(f"/api/v1/transcripts/{made['id']}/content?format=eaf", headers=headers)

    assert answer.headers["content-disposition"].startswith("attachment;")


def test_a_repaired_file_keeps_the_list_of_its_repairs(
    client: TestClient, headers: dict[str, str], recording: Recording
) -> None:
    broken = SRT + "\n2\n00:00:09,000 --> 00:00:08,000\nno\n"
    made = brought_in(client, headers, recording, content=broken, repair=True)

    assert made["engine"] is None
    assert made["derivation"]["repairs"] == [
        {
            "line": 6,
            "found": "segment at 00:00:09.000 to 00:00:08.000",
            "made": "00:00:08.000 to 00:00:09.000, the two exchanged",
        }
    ]
    again = client.get(f"/api/v1/transcripts/{made['id']}", headers=headers).json()
    assert again == made


def test_a_format_that_is_left_out_is_recognised(
    client: TestClient, headers: dict[str, str], recording: Recording
) -> None:
    made = brought_in(client, headers, recording, format=None)

    assert made["source_format"] == "srt"


def test_a_correction_in_a_file_may_be_repaired_too(
    client: TestClient, headers: dict[str, str], recording: Recording
) -> None:
    parent = brought_in(client, headers, recording)
    changed = SRT.replace("01,000 --> 00:00:02,500", "02,500 --> 00:00:01,000")
    address = f"/api/v1/transcripts/{parent['id']}/corrections"
    refused = client.post(address, json={"content": changed}, headers=headers)
    assert (refused.status_code, refused.json()["line"]) == (422, 2)
    unchanged = client.post(address, json={"content": changed, "repair": True}, headers=headers)
    assert unchanged.status_code == 422, "repaired it is what it was"
    changed = changed.replace("flour", "floor")
    made = client.post(address, json={"content": changed, "repair": True}, headers=headers)
    assert made.status_code == 201
    assert len(made.json()["derivation"]["repairs"]) == 1


def test_text_without_times_cannot_become_subtitles(
    client: TestClient, headers: dict[str, str], recording: Recording
) -> None:
    made = brought_in(client, headers, recording, format="text", content="Three trucks")
    answer = client.get(f"/api/v1/transcripts/{made['id']}/content?format=vtt", headers=headers)

    assert (answer.status_code, answer.json()["field"]) == (422, "format")


def test_a_correction_is_a_child_with_its_own_address(
    client: TestClient, headers: dict[str, str], recording: Recording
) -> None:
    parent = brought_in(client, headers, recording)
    answer = client.post(
        f"/api/v1/transcripts/{parent['id']}/corrections",
        json={"format": "srt", "content": SRT.replace("flour", "floor"), "note": "heard again"},
        headers=headers,
    )

    assert answer.status_code == 201
    child = client.get(answer.headers["Location"], headers=headers).json()
    assert (child["kind"], child["parent_id"], child["note"]) == (
        "correction",
        parent["id"],
        "heard again",
    )
    listed = client.get(f"/api/v1/recordings/{recording.id}/transcripts", headers=headers).json()[
        "items"
    ]
    assert [item["id"] for item in listed] == [parent["id"], child["id"]]
    earlier = client.get(
        f"/api/v1/recordings/{recording.id}/transcripts?as_of={parent['log_index']}",
        headers=headers,
    ).json()["items"]
    assert [item["id"] for item in earlier] == [parent["id"]]


def test_other_cases_see_nothing_and_auditors_write_nothing(
    client: TestClient,
    headers: dict[str, str],
    recording: Recording,
    sign_up: SignUp,
    people: Any,
    case: str,
) -> None:
    made = brought_in(client, headers, recording)
    stranger = sign_up(Role.INVESTIGATOR, people.case("Another"))
    auditor = sign_up(Role.AUDITOR, case)

    for address in (
        f"/api/v1/transcripts/{made['id']}",
        f"/api/v1/transcripts/{made['id']}/content",
        f"/api/v1/recordings/{recording.id}/transcripts",
    ):
        assert client.get(address, headers=stranger).status_code == 404
        assert client.get(address, headers=auditor).status_code == 200
    refused = client.post(
        f"/api/v1/recordings/{recording.id}/transcripts", json=body(), headers=auditor
    )
    assert refused.status_code == 403
