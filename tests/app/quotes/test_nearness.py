"""A model of sentences is asked beside a comparison, named, and changes nothing."""

import pytest

from app.core.database import Database
from app.quotes import service
from app.quotes.models import Alignment
from app.quotes.nearness import Scorer
from app.recordings.models import Recording
from app.reports.models import Snapshot
from app.transcripts.models import Transcript
from transcription.errors import EngineUnavailable

from .conftest import FLOUR, SALT, Case, person


class Letters:
    """A scorer of our own: the share of letters that two sentences have in common."""

    name = "letters (1)"
    model_digest = "sha256:0"

    def alike(self, one: str, other: str) -> int:
        common, either = set(one) & set(other), set(one) | set(other)
        return 1000 * len(common) // len(either)


@pytest.fixture
def case(database: Database, recording: Recording, snapshot: Snapshot) -> Case:
    found = Case(database, recording, snapshot)
    found.acquire(person("bringer"))
    return found


def aligned(case: Case, transcript: Transcript, exact: str, scorer: Scorer) -> Alignment:
    quote = case.quote(exact)
    with case.database.writing() as session:
        return service.align(
            session, actor=person("desk"), quote=quote, transcript=transcript, scorer=scorer
        )


@pytest.mark.parametrize("exact", [FLOUR, SALT])
def test_its_figure_stands_beside_a_verdict_that_it_does_not_change(
    case: Case, exact: str
) -> None:
    transcript = case.heard(f"They said {FLOUR} now", by=person("listener"))

    without, with_it = (aligned(case, transcript, exact, each) for each in (None, Letters()))

    assert with_it.verdict is without.verdict
    assert with_it.reasons == without.reasons
    added = with_it.features.keys() - without.features.keys()
    if with_it.occurrences:
        assert with_it.features["sentence_scorer"] == "letters (1)"
        assert with_it.features["sentence_model_sha256"] == "sha256:0"
        assert 0 <= with_it.features["sentence_permille"] <= 1000
        assert with_it.features["sentence_against"] in f"They said {FLOUR} now"
    else:
        assert not added, "there is no place that it could be asked about"


def test_a_model_that_is_not_there_is_said_and_nothing_is_scored(case: Case) -> None:
    transcript = case.heard(FLOUR, by=person("listener"))
    missing = EngineUnavailable(
        "sentence-transformers:labse", reason="gone", remedy="Put it back."
    )

    made = aligned(case, transcript, FLOUR, missing)

    assert "labse is unavailable: gone" in made.features["sentence_not_scored"]
    assert "sentence_permille" not in made.features


def test_nothing_is_said_of_sentences_where_no_model_was_chosen(case: Case) -> None:
    made = aligned(case, case.heard(FLOUR, by=person("listener")), FLOUR, None)

    assert not any(name.startswith("sentence") for name in made.features)
