"""
A recording about which much is told, made over the API as people would make it.

Bytes are held of it (a recording of the demo), there are three transcripts of some 300 words
with a time for each, and fifty quotes of a report, each compared with the newest transcript.
The words are drawn from a short list with a fixed seed, so that every run measures the same
document but for its identifiers and instants.
"""

import json
import random
import time
from collections.abc import Iterator, Sequence

from app.client import Client, upload
from app.demo.script import RECORDINGS

API = "/api/v1"
TRANSCRIPTS = 3
QUOTES = 50
WORDS = 300
WORDS_A_SEGMENT = 12
WORDS_A_QUOTE = 20
MISHEARD = 0.05
WORD_S = 0.4
QUIET_S = 2.0
PATIENCE_S = 120
VOCABULARY = (
    "the a and to of in at by we they depot bridge river column lorry fuel water bread doctor "
    "hospital road north south east west morning evening two five seven twelve twenty hold "
    "move wait send bring leave report signal channel repeat copy order received understood"
).split()


def recording(client: Client, case_id: str) -> str:
    """Make it, wait until the worker has nothing left to do with it, and give its identifier."""
    chosen = random.Random(1)
    made = client.post(
        f"{API}/recordings",
        {"case_id": case_id, "title": "Depot traffic", "kind": "radio", "languages": ["en"]},
    )
    own: str = made["id"]
    upload(client, RECORDINGS[0].file, metadata={"recording_id": own, "filename": "one.flac"})
    said = chosen.choices(VOCABULARY, k=WORDS)
    newest = [_transcript(client, own, list(_heard(said, chosen))) for _ in range(TRANSCRIPTS)][-1]
    _quotes(client, case_id, own, newest, said, chosen)
    _await_the_worker(client, own)
    return own


def _heard(said: Sequence[str], chosen: random.Random) -> Iterator[str]:
    for word in said:
        yield chosen.choice(VOCABULARY) if chosen.random() < MISHEARD else word


def _transcript(client: Client, recording_id: str, words: Sequence[str]) -> str:
    """Import the words in the JSON that Whisper writes; the transcript's identifier."""
    timed = [
        {
            "word": word,
            "start": round(at * WORD_S, 2),
            "end": round((at + 1) * WORD_S, 2),
            "probability": 0.9,
        }
        for at, word in enumerate(words)
    ]
    segments = [
        {
            "start": part[0]["start"],
            "end": part[-1]["end"],
            "text": " ".join(str(word["word"]) for word in part),
            "words": part,
        }
        for part in (timed[i : i + WORDS_A_SEGMENT] for i in range(0, WORDS, WORDS_A_SEGMENT))
    ]
    made = client.post(
        f"{API}/recordings/{recording_id}/transcripts",
        {
            "content": json.dumps({"language": "en", "segments": segments}),
            "format": "whisper",
            "kind": "asr",
            "model": "words drawn by lot",
        },
    )
    return str(made["id"])


def _quotes(
    client: Client,
    case_id: str,
    recording_id: str,
    transcript_id: str,
    said: Sequence[str],
    chosen: random.Random,
) -> None:
    """A report that quotes the recording fifty times, each quote compared with a transcript."""
    starts = chosen.sample(range(WORDS - WORDS_A_QUOTE), k=QUOTES)
    quoted = [" ".join(said[start : start + WORDS_A_QUOTE]) for start in starts]
    report = client.post(
        f"{API}/reports", {"case_id": case_id, "kind": "news", "language": "en", "title": "Depot"}
    )
    text = "\n".join(f"{number}. It was said: “{words}”." for number, words in enumerate(quoted))
    snapshot = client.post(f"{API}/reports/{report['id']}/snapshots", {"text": text})
    for words in quoted:
        quote = client.post(
            f"{API}/quotes",
            {
                "snapshot_id": snapshot["id"],
                "exact": words,
                "language": "en",
                "form": "direct",
                "target": {"kind": "recording", "recording_id": recording_id},
            },
        )
        client.post(f"{API}/quotes/{quote['id']}/alignments", {"transcript_id": transcript_id})


def _await_the_worker(client: Client, recording_id: str) -> None:
    """
    Wait until the log stands still: whatever is recorded makes another record of it.

    Raises `RuntimeError` when it does not come to rest.
    """
    deadline = time.monotonic() + PATIENCE_S
    last, since = -1, time.monotonic()
    while time.monotonic() < deadline:
        record = client.get(f"{API}/recordings/{recording_id}/evidence-record")
        if record["read_at"]["log_index"] != last:
            last, since = record["read_at"]["log_index"], time.monotonic()
        pending = client.get(f"{API}/jobs", state="queued")["items"]
        pending += client.get(f"{API}/jobs", state="running")["items"]
        if not pending and time.monotonic() - since > QUIET_S:
            return
        time.sleep(0.2)
    raise RuntimeError("the worker did not come to rest")
