"""A quote compared with a translation, down to the words that were spoken."""

from typing import Any

import pytest

from app.core.database import Database
from app.quotes import behind, queries, service
from app.quotes.independence import NotIndependent
from app.quotes.models import Alignment, Quote
from app.quotes.wording import Target, TargetKind
from app.recordings import service as recordings
from app.recordings.models import Recording
from app.recordings.provenance import Particulars
from app.reports import service as reports
from app.reports.anchor import Passage
from app.reports.models import ReportKind, Snapshot
from app.reports.service import Particulars as Publication
from app.transcripts import service as transcripts
from app.transcripts.models import Transcript, TranscriptKind
from transcription.alignment import Verdict
from transcription.quotation.proposal import QuoteForm
from transcription.transcript import Segment, Word
from transcription.transcript import Transcript as Content

from .conftest import CASE, Case, person

SPOKEN = "приказ такой командира оставить остальных вывезти в тыл"
TRANSLATED = "The order is: keep the commander, take the rest to the rear."
PUBLISHED = "keep the commander, take the rest to the rear"
EVACUATE = "keep the commander, evacuate the rest to the rear"
SHOOT = "shoot, there are children there"


@pytest.fixture
def snapshot(database: Database) -> Snapshot:
    with database.writing() as session:
        report = reports.register(
            session,
            actor=person("desk"),
            case_id=CASE,
            particulars=Publication(kind=ReportKind.NEWS, language="en"),
        )
        text = f"“{PUBLISHED}”. Or “{EVACUATE}”. And: “{SHOOT}”."
        return reports.snapshot(session, actor=person("desk"), report=report, text=text)


@pytest.fixture
def case(database: Database, recording: Recording, snapshot: Snapshot) -> Case:
    found = Case(database, recording, snapshot)
    found.acquire(person("bringer"))
    return found


def spoken(text: str) -> Content:
    """Russian, a word every 400 ms."""
    words = tuple(Word(word, 400 * at, 400 * at + 350) for at, word in enumerate(text.split()))
    return Content("ru", (Segment(text, 0, 400 * len(words), words),))


def keep(
    case: Case,
    content: Content,
    kind: TranscriptKind,
    *,
    recording: Recording | None = None,
    by: str = "listener",
    **more: Any,
) -> Transcript:
    with case.database.writing() as session:
        return transcripts.keep(
            session,
            actor=person(by),
            recording=recording or case.recording,
            content=content,
            kind=kind,
            **more,
        )


def translation(case: Case, text: str, parent: Transcript | None, **more: Any) -> Transcript:
    content = Content("en", (Segment(text, 0, 4_000),))
    return keep(case, content, TranscriptKind.TRANSLATION, parent=parent, **more)


def aligned(case: Case, transcript: Transcript, exact: str = PUBLISHED) -> Alignment:
    quote = case.quote(exact)
    return compared(case, quote, transcript)


def compared(case: Case, quote: Quote, transcript: Transcript) -> Alignment:
    with case.database.writing() as session:
        return service.align(session, actor=person("desk"), quote=quote, transcript=transcript)


def test_each_word_of_the_quote_is_followed_to_the_word_that_was_spoken(case: Case) -> None:
    source = keep(case, spoken(SPOKEN), TranscriptKind.ASR)
    made = aligned(case, translation(case, TRANSLATED, source))

    (place,) = made.occurrences
    behind_it = {o["quoted"]: o["source"] and o["source"]["text"] for o in place["operations"]}
    assert behind_it == {
        "keep": "оставить",
        "commander": "командира",
        "take": "вывезти",
        "rest": "остальных",
        "to": "в",
        "rear": "тыл",
        "the": None,
    }
    assert made.spoken_transcript_id == source.id
    assert made.verdict is Verdict.VARIANT_WORDING  # capped: the words are the translator's


def test_what_is_cued_is_when_the_words_were_spoken_not_when_the_translation_says(
    case: Case,
) -> None:
    source = keep(case, spoken(SPOKEN), TranscriptKind.ASR)
    made = aligned(case, translation(case, TRANSLATED, source))

    (place,) = made.occurrences
    assert (place["start_ms"], place["end_ms"]) == (800, 400 * 7 + 350)
    assert (place["cued_by"], made.features["times"]) == ("linked_words", "word")
    assert made.timed_by == source.id
    layers = place["layers"]
    assert [word["text"] for word in layers["source"]] == SPOKEN.split()[2:]
    assert all(word["linked"] for word in layers["source"])
    assert {link["ground"] for link in layers["links"]} == {"lexicon"}
    assert [word["text"] for word in layers["translation"] if not word["linked"]] == ["the"] * 3


def test_another_wording_of_the_same_spoken_word_is_a_choice_of_translation(case: Case) -> None:
    source = keep(case, spoken(SPOKEN), TranscriptKind.ASR)
    made = aligned(case, translation(case, TRANSLATED, source), EVACUATE)

    kinds = {o["quoted"]: o["kind"] for o in made.occurrences[0]["operations"]}
    assert kinds["evacuate"] == "translation_choice"
    assert any("“вывезти”, which was spoken" in reason for reason in made.reasons)


def test_without_the_spoken_word_the_same_difference_stays_a_difference(case: Case) -> None:
    source = keep(case, spoken(SPOKEN.replace("вывезти", "накормить")), TranscriptKind.ASR)
    made = aligned(case, translation(case, TRANSLATED, source), EVACUATE)

    kinds = {o["quoted"]: o["kind"] for o in made.occurrences[0]["operations"]}
    assert kinds["evacuate"] == "substituted"
    assert not made.verdict.supports


def test_trap_a_negation_that_the_translation_lost_never_comes_out_as_support(
    case: Case,
) -> None:
    source = keep(case, spoken("не стреляй там дети"), TranscriptKind.ASR)
    made = aligned(case, translation(case, SHOOT, source), SHOOT)

    assert not made.verdict.supports
    assert not any(Verdict(place["verdict"]).supports for place in made.occurrences)
    assert any("“не” was spoken at 0:00.0" in reason for reason in made.reasons)
    assert made.features["spoken_polarity"] == "differs"


def test_corrected_words_make_another_comparison_and_the_older_one_stays(case: Case) -> None:
    source = keep(case, spoken("стреляй там дети"), TranscriptKind.ASR)
    made = translation(case, SHOOT, source)
    quote = case.quote(SHOOT)
    before = compared(case, quote, made)
    with case.database.writing() as session:
        transcripts.correct(
            session,
            actor=person("corrector"),
            parent=source,
            content=spoken("не стреляй там дети"),
        )

    after = compared(case, quote, made)

    assert before.verdict.supports
    assert not after.verdict.supports
    assert before.version != after.version
    assert compared(case, quote, made).id == after.id
    with case.database.reading() as session:
        standing = queries.standing(session, quote)
        (job,) = [
            each for each in queries.translations_beside(session, source) if each.id == made.id
        ]
    assert standing.alignment is not None
    assert standing.alignment.id == after.id
    assert job.id == made.id


def test_whoever_wrote_the_spoken_words_has_a_stake_in_a_translation_brought_in(
    case: Case,
) -> None:
    keep(case, spoken(SPOKEN), TranscriptKind.HUMAN, by="transcriber")
    made = aligned(case, translation(case, TRANSLATED, None, by="translator"))

    for stakeholder in ("transcriber", "translator", "bringer"):
        with pytest.raises(NotIndependent):
            case.decide(made, person(stakeholder))
    case.decide(made, person("reviewer"))


def test_a_translation_of_other_samples_or_of_nothing_held_is_compared_as_it_is(
    case: Case,
) -> None:
    keep(case, spoken(SPOKEN), TranscriptKind.ASR, pcm_sha256="sha256:one")
    of_other = translation(case, TRANSLATED, None, pcm_sha256="sha256:other")

    made = aligned(case, of_other)

    assert made.spoken_transcript_id is None
    assert "layers" not in made.occurrences[0]
    assert (made.occurrences[0]["start_ms"], made.timed_by) == (0, of_other.id)


def test_a_translation_that_corresponds_to_nothing_says_so_and_is_compared_all_the_same(
    case: Case,
) -> None:
    source = keep(
        case,
        Content("ru", (Segment("слово " * 500), Segment(SPOKEN))),
        TranscriptKind.HUMAN,
    )
    made = aligned(case, translation(case, TRANSLATED, source))

    assert made.verdict is Verdict.VARIANT_WORDING
    assert "neither times nor lines" in made.features["spoken_not_linked"]


def test_what_other_translations_of_the_case_teach_is_used_and_that_of_other_cases_is_not(
    case: Case,
) -> None:
    lines = [("кракозябра летит", "grumblefish flies"), ("кракозябра поёт", "grumblefish sings")]
    for case_id in (CASE, "case-2"):
        with case.database.writing() as session:
            other = recordings.catalogue(
                session,
                actor=person("desk"),
                case_id=case_id,
                particulars=Particulars(title="Another"),
            )
        sides = [
            tuple(Segment(line[side], 2000 * at, 2000 * at + 900) for at, line in enumerate(lines))
            for side in (0, 1)
        ]
        heard = keep(case, Content("ru", sides[0]), TranscriptKind.ASR, recording=other)
        keep(
            case,
            Content("en", sides[1]),
            TranscriptKind.TRANSLATION,
            recording=other,
            parent=heard,
        )
    source = keep(case, spoken(SPOKEN), TranscriptKind.ASR)
    made = translation(case, TRANSLATED, source)

    with case.database.reading() as session:
        taught = behind.taught(session, made, source)

    assert taught.estimates.stretches == len(lines)  # of the one pair, not of both
    assert taught.estimates.of("кракозябр", "grumblefish") > 0
    assert taught.sha256
    assert aligned(case, made).features["links_learned_sha256"] == taught.sha256


def test_a_quote_in_the_spoken_language_rests_on_the_spoken_words(case: Case) -> None:
    source = keep(case, spoken(SPOKEN), TranscriptKind.ASR)
    translation(case, TRANSLATED, source)
    with case.database.writing() as session:
        quote = service.quote(
            session,
            actor=person("desk"),
            snapshot=case.snapshot,
            passage=Passage(exact="And"),
            language="ru",
            form=QuoteForm.DIRECT,
            target=Target(kind=TargetKind.RECORDING, recording_id=case.recording.id),
        )

    made = compared(case, quote, source)

    assert made.spoken_transcript_id is None
    assert "layers" not in str(made.occurrences)
