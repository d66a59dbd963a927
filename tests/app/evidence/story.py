"""What happened with one recording, step by step, through the real verbs."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy.orm import Session

from app.agents import service as agents
from app.agents.models import AgentKind, IdentityStatus
from app.assessments import service as assessments
from app.assessments.models import Binding, Question, Stance, StatementKind
from app.assessments.statement import Statement
from app.claims import register
from app.claims import service as claims
from app.claims.models import ConflictRuling
from app.claims.predicates import Predicate
from app.claims.service import Assertion
from app.claims.terms import SubjectKind
from app.core.actor import Actor, ActorKind
from app.core.database import Database
from app.core.digest import Digest
from app.quotes import service as quotes
from app.quotes.review import Ruling
from app.quotes.wording import Target, TargetKind
from app.recordings import service as recordings
from app.recordings.acquisition import Arrival, Declared
from app.recordings.provenance import (
    Decoding,
    DerivativeKind,
    Ground,
    HopAction,
    LinkKind,
    Outcome,
    Particulars,
)
from app.recordings.relating import Hop
from app.reports import service as reports
from app.reports.anchor import Passage
from app.reports.lineage import Relation
from app.reports.models import Layer, ReportKind
from app.reports.service import Particulars as Publication
from app.transcripts import readings
from app.transcripts import service as transcripts
from app.transcripts.models import Blindness, Confidence, TranscriptKind
from app.transcripts.readings import Hearing
from transcription.quotation.proposal import QuoteForm
from transcription.transcript import Segment, Transcript, Word

INNA = Actor(id="account-inna", kind=ActorKind.PERSON, name="Inna")
REMO = Actor(id="account-remo", kind=ActorKind.PERSON, name="Remo")
PCM = str(Digest.of_bytes(b"samples"))
SOURCE = "a driver of the northern depot"
TEXT = (
    "A dispatcher said: bring nine sacks of flour to the depot. Another voice answered. "
    "The bakers' union could not verify the recording."
)


def spoken(*words: str) -> Transcript:
    """Words of half a second each."""
    timed = tuple(
        Word(text=word, start_ms=500 * place, end_ms=500 * place + 400)
        for place, word in enumerate(words)
    )
    end_ms = 500 * len(words)
    return Transcript("en", (Segment(" ".join(words), 0, end_ms, timed),))


class Story:
    """Each step is one verb and leaves one place in the log; `things` is what they made."""

    def __init__(self, case_id: str = "case-1") -> None:
        self.case_id = case_id
        self.things: dict[str, Any] = {}

    def catalogue(self, session: Session) -> None:
        self.things["recording"] = self._catalogued(session, "Dispatch about flour")

    def hear(self, session: Session) -> None:
        heard = Hearing(
            start_ms=0, end_ms=900, text="bring nine packs", listener="a baker", language="en"
        )
        self.things["reading"] = readings.add(
            session, actor=INNA, recording=self.things["recording"], hearing=heard
        )

    def hear_again(self, session: Session) -> None:
        heard = Hearing(
            start_ms=0,
            end_ms=900,
            text="bring nine [sacks?]",
            listener="a baker",
            language="en",
            confidence=Confidence.POSSIBLE,
            blind=Blindness.NOT_BLIND,
        )
        self.things["newer"] = readings.supersede(
            session, actor=INNA, reading=self.things["reading"], hearing=heard
        )

    def take_back(self, session: Session) -> None:
        readings.withdraw(
            session, actor=INNA, reading=self.things["newer"], reason="heard another copy"
        )

    def other(self, session: Session) -> None:
        self.things["other"] = self._catalogued(session, "Another dispatch")

    def hop(self, session: Session) -> None:
        hop = Hop(
            action=HopAction.SHARED, claimed_by=SOURCE, agent_as_described=SOURCE, protected=True
        )
        recordings.claim_hop(session, actor=INNA, recording=self.things["recording"], hop=hop)

    def agent(self, session: Session) -> None:
        self.things["agent"] = agents.create(
            session,
            actor=INNA,
            case_id=self.case_id,
            kind=AgentKind.ORGANIZATION,
            identity_status=IdentityStatus.NAMED,
            name="Bakers' union",
        )

    def publish(self, session: Session) -> None:
        report = reports.register(
            session,
            actor=INNA,
            case_id=self.case_id,
            particulars=Publication(kind=ReportKind.NEWS, language="en", title="Flour"),
        )
        self.things["report"] = report

    def freeze(self, session: Session) -> None:
        self.things["snapshot"] = reports.snapshot(
            session, actor=INNA, report=self.things["report"], text=TEXT
        )

    def quote(self, session: Session) -> None:
        self.things["quote"] = quotes.quote(
            session,
            actor=INNA,
            snapshot=self.things["snapshot"],
            passage=Passage(exact="bring nine sacks of flour to the depot"),
            language="en",
            form=QuoteForm.DIRECT,
            target=Target(kind=TargetKind.RECORDING, recording_id=self.things["recording"].id),
        )

    def cite(self, session: Session) -> None:
        reports.cite(
            session,
            actor=INNA,
            snapshot=self.things["snapshot"],
            recording=self.things["recording"],
            passage=Passage(exact="A dispatcher said"),
        )

    def repeat(self, session: Session) -> None:
        particulars = Publication(kind=ReportKind.NEWS, language="en", title="Flour, again")
        repeating = reports.register(
            session, actor=INNA, case_id=self.case_id, particulars=particulars
        )
        reports.link(
            session,
            actor=INNA,
            source=repeating,
            target=self.things["report"],
            relation=Relation.REPRINTS,
            layer=Layer.INFERRED,
            rationale="word for word",
        )

    def acquire(self, session: Session) -> None:
        arrival = Arrival(digest=Digest.of_bytes(b"bytes"), size=5, declared=Declared())
        self.things["instance"] = recordings.acquire(
            session, actor=INNA, recording=self.things["recording"], arrival=arrival
        )

    def identify(self, session: Session) -> None:
        decoding = Decoding(
            outcome=Outcome.DECODED,
            decoder={"av": "1"},
            container="wav",
            codec="pcm_s16le",
            sample_rate=8000,
            channels=1,
            duration_ms=9000,
            pcm_sha256=PCM,
        )
        recordings.identify(
            session, actor=INNA, instance=self.things["instance"], decoding=decoding
        )

    def derive(self, session: Session) -> None:
        recordings.derive(
            session,
            actor=INNA,
            instance=self.things["instance"],
            kind=DerivativeKind.PEAKS,
            digest=Digest.of_bytes(b"peaks"),
            size=5,
            media_type="application/json",
            made_by={"tool": "peaks"},
        )

    def transcribe(self, session: Session) -> None:
        self.things["transcript"] = transcripts.keep(
            session,
            actor=INNA,
            recording=self.things["recording"],
            content=spoken(*"please bring nine sacks of flour to the depot now".split()),
            kind=TranscriptKind.HUMAN,
            instance=self.things["instance"],
            pcm_sha256=PCM,
        )

    def align(self, session: Session) -> None:
        self.things["alignment"] = quotes.align(
            session, actor=INNA, quote=self.things["quote"], transcript=self.things["transcript"]
        )

    def decide(self, session: Session) -> None:
        quotes.decide(
            session,
            actor=REMO,
            alignment=self.things["alignment"],
            ruling=Ruling.CONFIRMED,
            rationale="heard it",
        )

    def correct(self, session: Session) -> None:
        self.things["correction"] = transcripts.correct(
            session,
            actor=REMO,
            parent=self.things["transcript"],
            content=spoken(*"please bring five sacks of flour to the depot now".split()),
            note="five, not nine",
        )

    def align_again(self, session: Session) -> None:
        quotes.align(
            session, actor=REMO, quote=self.things["quote"], transcript=self.things["correction"]
        )

    def assess(self, session: Session) -> None:
        statement = Statement(
            question=Question.CLAIMED_SOURCE,
            stance=Stance.CANNOT_DETERMINE,
            kind=StatementKind.PUBLISHER_STATEMENT,
            assessor_id=self.things["agent"].id,
            snapshot_id=self.things["snapshot"].id,
            passage=Passage(exact="The bakers' union could not verify the recording."),
        )
        self.things["assessment"] = assessments.sign(
            session, actor=INNA, recording=self.things["recording"], statement=statement
        )

    def assess_against(self, session: Session) -> None:
        statement = Statement(
            question=Question.CLAIMED_SOURCE,
            stance=Stance.WEIGHS_AGAINST,
            kind=StatementKind.HUMAN_EXAMINATION,
            wording="The background does not fit a depot.",
            assessor_as_described="an acoustician",
            binding=Binding.EXACT_BYTES,
            instance_id=self.things["instance"].id,
            method="listening",
        )
        self.things["against"] = assessments.sign(
            session, actor=REMO, recording=self.things["recording"], statement=statement
        )

    def supersede(self, session: Session) -> None:
        statement = Statement(
            question=Question.CLAIMED_SOURCE,
            stance=Stance.SUPPORTS,
            kind=StatementKind.PUBLISHER_STATEMENT,
            wording="We now know where it comes from.",
            assessor_as_described="the bakers' union",
        )
        assessments.supersede(
            session, actor=INNA, assessment=self.things["assessment"], statement=statement
        )

    def retract(self, session: Session) -> None:
        assessments.retract(
            session, actor=REMO, assessment=self.things["against"], reason="wrong file"
        )

    def link(self, session: Session) -> None:
        self.things["link"] = recordings.link(
            session,
            actor=INNA,
            recording=self.things["recording"],
            other=self.things["other"],
            kind=LinkKind.SAME_AS,
            ground=Ground.BYTES,
            reason="the same samples",
        )

    def claim(self, session: Session) -> None:
        self.things["claim"] = self._claimed(session, "nine sacks", 9)

    def claim_otherwise(self, session: Session) -> None:
        self.things["rival"] = self._claimed(session, "Another voice", 2)

    def explain(self, session: Session) -> None:
        listed = register.of_recording(session, self.things["recording"].id)
        claims.decide(
            session,
            actor=REMO,
            case_id=self.case_id,
            key=listed[0].conflict.key,
            ruling=ConflictRuling.EXPLAINED,
            reason="voices and sacks were mixed up",
        )

    def withdraw(self, session: Session) -> None:
        claims.withdraw(
            session, actor=REMO, claim=self.things["claim"], reason="sacks are no voices"
        )

    def _claimed(self, session: Session, exact: str, number: int) -> Any:
        return claims.claim(
            session,
            actor=INNA,
            snapshot=self.things["snapshot"],
            passage=Passage(exact=exact),
            assertion=Assertion(
                subject_kind=SubjectKind.RECORDING,
                subject_id=self.things["recording"].id,
                predicate=Predicate.SPEAKER_COUNT,
                value={"operator": "exactly", "number": number},
                said_by_id=self.things["agent"].id,
            ),
        )

    def access(self, session: Session) -> None:
        instance = self.things["instance"]
        recordings.access(
            session,
            actor=REMO,
            instance=instance,
            digest=Digest.parse(instance.sha256),
            part="original",
            span=(0, 5),
        )

    def steps(self) -> Iterator[Any]:
        """Every step, in order."""
        yield from (
            self.catalogue,
            self.agent,
            self.publish,
            self.freeze,
            self.quote,
            self.hop,
            self.acquire,
            self.identify,
            self.cite,
            self.transcribe,
            self.align,
            self.derive,
            self.decide,
            self.repeat,
            self.assess,
            self.assess_against,
            self.supersede,
            self.correct,
            self.align_again,
            self.retract,
            self.hear,
            self.hear_again,
            self.take_back,
            self.other,
            self.link,
            self.claim,
            self.claim_otherwise,
            self.explain,
            self.withdraw,
            self.access,
        )

    def tell(self, database: Database) -> None:
        """All of it, each step in a transaction of its own."""
        for step in self.steps():
            with database.writing() as session:
                step(session)

    def _catalogued(self, session: Session, title: str) -> Any:
        particulars = Particulars(title=title, languages=("en",))
        return recordings.catalogue(
            session, actor=INNA, case_id=self.case_id, particulars=particulars
        )
