"""A quote compared with a translation: located, weighed, and never more than a proposal."""

from typing import Any

import pytest

from app.core.actor import service as service_of
from app.core.database import Database
from app.core.digest import Digest
from app.quotes import queries, service
from app.quotes.footing import Footing, weighed
from app.quotes.models import Alignment
from app.quotes.review import Proposal, Ruling, State, chosen
from app.recordings import service as recordings
from app.recordings.acquisition import Arrival, Declared
from app.recordings.models import Recording
from app.reports.models import Snapshot
from app.transcripts import service as transcripts
from app.transcripts.models import Transcript, TranscriptKind
from transcription.alignment import Verdict
from transcription.transcript import Segment
from transcription.transcript import Transcript as Content

from .conftest import FLOUR, Case, person

MACHINE = {"engine": "whisper:small", "input": {}}


@pytest.fixture
def case(database: Database, recording: Recording, snapshot: Snapshot) -> Case:
    found = Case(database, recording, snapshot)
    with database.writing() as session:
        arrival = Arrival(digest=Digest.of_bytes(b"bytes"), size=5, declared=Declared())
        recordings.acquire(session, actor=person("bringer"), recording=recording, arrival=arrival)
    return found


def translated(case: Case, text: str, *, by_machine: bool = True) -> Transcript:
    with case.database.writing() as session:
        return transcripts.keep(
            session,
            actor=service_of("worker"),
            recording=case.recording,
            content=Content("en", (Segment(text, 0, 4_000),)),
            kind=TranscriptKind.TRANSLATION,
            derivation=MACHINE if by_machine else None,
        )


def aligned(case: Case, transcript: Transcript) -> Alignment:
    quote = case.quote()
    with case.database.writing() as session:
        return service.align(session, actor=person("desk"), quote=quote, transcript=transcript)


def test_the_same_words_as_a_machines_are_a_variant_and_say_what_they_rest_on(case: Case) -> None:
    made = aligned(case, translated(case, f"Well, {FLOUR} now"))

    assert made.verdict is Verdict.VARIANT_WORDING
    assert {place["verdict"] for place in made.occurrences} == {"variant_wording"}
    assert made.rests_on is Footing.MACHINE_TRANSLATION
    assert "machine translation" in made.reasons[0]
    assert made.method == "earwitness-words-translated"


def test_words_that_were_spoken_keep_their_verdict(case: Case) -> None:
    made = aligned(case, case.heard(f"Well, {FLOUR} now", by=person("listener")))

    assert (made.verdict, made.rests_on) == (Verdict.VERBATIM, Footing.SPOKEN)
    assert made.method == "earwitness-words"


def test_a_machines_translation_supports_nothing_until_somebody_independent_confirms(
    case: Case,
) -> None:
    made = aligned(case, translated(case, FLOUR))
    with case.database.reading() as session:
        quote = queries.get(session, made.quote_id)
        proposed = queries.standing(session, quote)
    assert (proposed.state, proposed.supports) == (State.PROPOSED, False)

    case.decide(made, person("reviewer"))

    with case.database.reading() as session:
        confirmed = queries.standing(session, quote)
    assert confirmed.supports
    assert confirmed.alignment is not None
    assert confirmed.alignment.rests_on is Footing.MACHINE_TRANSLATION


def test_what_a_translation_reverses_stays_reversed(case: Case) -> None:
    made = aligned(case, translated(case, FLOUR.replace("forty", "fifty")))

    assert made.verdict is Verdict.REVERSED


def test_a_persons_translation_is_shown_before_a_machines_that_came_later(case: Case) -> None:
    with case.database.writing() as session:
        by_person = transcripts.keep(
            session,
            actor=person("translator"),
            recording=case.recording,
            content=Content("en", (Segment(FLOUR.replace("forty", "fifty"), 0, 4_000),)),
            kind=TranscriptKind.TRANSLATION,
        )
    by_machine = translated(case, FLOUR)
    quote = case.quote()
    with case.database.writing() as session:
        for transcript in (by_person, by_machine):
            service.align(session, actor=person("desk"), quote=quote, transcript=transcript)

    with case.database.reading() as session:
        standing = queries.standing(session, quote)

    assert standing.alignment is not None
    assert standing.alignment.transcript_id == by_person.id
    assert standing.alignment.rests_on is Footing.TRANSLATION


def test_what_a_person_corrected_is_no_longer_only_a_machines(case: Case) -> None:
    by_machine = translated(case, "They spoke of nothing")
    corrected = case.heard(FLOUR, by=person("translator"), parent=by_machine)

    made = aligned(case, corrected)

    assert made.rests_on is Footing.TRANSLATION
    assert made.verdict is Verdict.VARIANT_WORDING


@pytest.mark.parametrize("on", list(Footing))
@pytest.mark.parametrize("verdict", list(Verdict))
def test_no_footing_makes_a_verdict_more_favourable(on: Footing, verdict: Verdict) -> None:
    found: dict[str, Any] = {
        "verdict": verdict.value,
        "reasons": ["because"],
        "features": {},
        "occurrences": [{"verdict": verdict.value}],
    }

    after = Verdict(weighed(found, on)["verdict"])  # type: ignore[arg-type]  # as given

    order = (Verdict.VERBATIM, Verdict.NORMALISED, Verdict.VARIANT_WORDING)
    if verdict in order:
        assert order.index(after) >= order.index(verdict)
    else:
        assert after is verdict


@pytest.mark.parametrize("ruling", [None, *Ruling])
def test_a_ruling_weighs_more_than_whose_words_they_are(ruling: Ruling | None) -> None:
    """Only among equals does a machine's translation stand back."""
    machine = Proposal(
        verdict=Verdict.VARIANT_WORDING, ruling=Ruling.CONFIRMED, log_index=1, by_machine=True
    )
    person_s = Proposal(verdict=Verdict.VARIANT_WORDING, ruling=ruling, log_index=0)

    assert chosen([machine, person_s]) == (1 if ruling is Ruling.CONFIRMED else 0)
