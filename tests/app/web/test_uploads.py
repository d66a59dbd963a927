"""Taking files into custody through the form alone."""

import hashlib

from tests.app.web.conftest import Desk

CONTENT = b"bytes of a recording"
OURS = "sha256:" + hashlib.sha256(CONTENT).hexdigest()
THEIRS = "sha256:" + "0" * 64


def test_a_file_is_taken_in_and_its_digest_shown(desk: Desk) -> None:
    recording = desk.add()
    before = desk.browser.open(f"/recordings/{recording}")

    after = desk.upload(recording, CONTENT, declared_digest=OURS, declared_by="the sender")

    assert "No audio is held" in before.text
    assert after.address == f"/recordings/{recording}"
    assert OURS in after.text
    assert "the same digest, by the sender" in after.text
    assert "Bytes taken into custody" in after.text
    assert "No audio is held" not in after.text
    assert "A worker has still to decode them" in after.text
    assert "Look again" in after.links


def test_another_digest_than_declared_shows_both_and_keeps_the_form(desk: Desk) -> None:
    recording = desk.add()

    refused = desk.upload(
        recording, CONTENT, declared_digest=THEIRS, declared_by="the sender", generation="unknown"
    )

    assert refused.status == 409
    assert OURS in refused.text
    assert THEIRS in refused.text
    assert refused.form("/upload").fields["declared_by"] == "the sender"
    shown = desk.browser.open(f"/recordings/{recording}")
    assert "quarantined" in shown.text
    assert OURS in shown.text
    assert THEIRS in shown.text
    assert "No audio is held" in shown.text, "what is in quarantine is not evidence"


def test_an_empty_file_and_a_digest_that_is_none_are_refused_on_the_form(desk: Desk) -> None:
    recording = desk.add()

    empty = desk.upload(recording, b"")
    spelled = desk.upload(recording, CONTENT, declared_digest="md5:no")

    assert (empty.status, spelled.status) == (422, 422)
    assert "empty" in empty.text
    assert spelled.form("/upload").fields["declared_digest"] == "md5:no"
    assert "None." in desk.browser.open(f"/recordings/{recording}").text


def test_an_upload_without_its_token_keeps_nothing(desk: Desk) -> None:
    recording = desk.add()

    refused = desk.upload(recording, CONTENT, csrf="forged")

    assert refused.status == 403
    assert OURS not in desk.browser.open(f"/recordings/{recording}").text
