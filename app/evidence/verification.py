"""
Everything that can be checked of a store at one go: the log, the files, the words.

Steps 1 to 7 are the custody log's own (`app.custody.verification`). Then:

8. every stored file, original or derivative, still has the digest on record
9. every transcript's words still have the digest that its row carries
10. everything that is anchored stands in its frozen text exactly where its anchor says

Nothing is repaired and nothing stops the steps after it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.agents.models import Agent
from app.assessments.models import Assessment
from app.assessments.retelling.models import Restatement
from app.cases.models import Case
from app.claims.models import Claim
from app.core.database import Base, Database
from app.core.digest import Digest
from app.core.errors import CatalogError
from app.core.settings import Settings
from app.core.storage import ObjectStore, open_storage
from app.custody import verification
from app.custody.findings import Check, Outcome
from app.custody.note import VerifierKey
from app.custody.signer import memory
from app.incidents.models import Incident
from app.quotes.listening.models import Listening
from app.quotes.models import Quote
from app.recordings import fixity
from app.reports.intake import queries as captures
from app.reports.intake.models import Capture
from app.reports.mentions.models import Mention
from app.reports.models import Anchored, Citation, PerhapsAnchored, Snapshot
from app.transcripts import queries as transcripts

# Step 7 replays every sealed table, so every module that has one must be loaded; these are
# named here for nothing else. A test holds the list against the code.
SEALED_IN = (
    Agent,
    Assessment,
    Capture,
    Case,
    Citation,
    Claim,
    Incident,
    Listening,
    Mention,
    Quote,
    Restatement,
    Snapshot,
)


def everything(
    settings: Settings, *, keys: Sequence[VerifierKey] = (), held: Sequence[str] = ()
) -> list[Check]:
    """
    Check the store that these settings name; `held` are signed checkpoints kept elsewhere.

    Without `keys` the signer's own folder is asked for its public key, which shows mistakes
    but no insider; without either, step 6 says that signatures were not checked. Where the
    folder is at hand, the last note the signer remembers counts as held.
    """
    known, remembered = _signer(settings)
    database = Database(settings.catalogue_url)
    try:
        log = verification.verify(database, keys=keys or known, held=[*held, *remembered])
        with database.reading() as session:
            return [*log, *_rest(session, open_storage(settings))]
    finally:
        database.dispose()


def _signer(settings: Settings) -> tuple[list[VerifierKey], list[str]]:
    """What the signer's folder tells, read before the log so that the log is never behind."""
    try:
        key, note = memory(settings.signer_dir)
    except (OSError, ValueError, CatalogError):
        return [], []
    return [key], [note] if note else []


def _rest(session: Session, storage: ObjectStore) -> Iterator[Check]:
    for step, claim, run in (
        (8, "every stored file has the digest on record", partial(_files, session, storage)),
        (9, "every transcript's words have the digest on record", partial(_words, session)),
        (10, "every anchor stands in its frozen text", partial(_anchors, session)),
    ):
        try:
            yield replace(run(), step=step, claim=claim)
        except Exception as error:  # noqa: BLE001 - whatever breaks a check is a finding
            session.rollback()
            detail = f"the check broke off: {type(error).__name__}"
            yield Check(step, claim, Outcome.FAILED, detail)


def _files(session: Session, storage: ObjectStore) -> Check:
    kept = [*fixity.kept(session), *captures.kept(session)]
    findings = list(fixity.check(kept, storage))
    faults = [finding for finding in findings if finding.failed]
    strays = sum(1 for _ in fixity.unrecorded(kept, storage, step=len(findings) + 1))
    detail = f"{len(findings)} files read and hashed"
    if strays:
        detail += f"; {strays} lie in the store and are on no record"
    return _check(detail, [f"{fault.area} {fault.sha256}: {fault.fixity}" for fault in faults])


def _words(session: Session) -> Check:
    faults = [f"transcript {name}: words differ" for name in transcripts.check(session)]
    return _check("content digests computed again", faults)


def _anchors(session: Session) -> Check:
    texts = {snapshot.id: snapshot for snapshot in session.scalars(select(Snapshot))}
    faults = [
        f"snapshot {snapshot.id}: text differs from its digest"
        for snapshot in texts.values()
        if str(Digest.of_bytes(snapshot.text.encode())) != snapshot.text_sha256
    ]
    # Any, because a mixin says nothing of the table under it.
    kinds: list[Any] = [
        mapper.class_
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, (Anchored, PerhapsAnchored))
    ]
    anchored: list[Any] = [
        row for kind in kinds for row in session.scalars(select(kind)) if row.anchor is not None
    ]
    faults += [
        f"{row.__tablename__} {row.id}: not where its anchor says"
        for row in anchored
        if row.snapshot_id not in texts or not row.anchor.holds(texts[row.snapshot_id].text)
    ]
    return _check(f"{len(anchored)} anchors in {len(texts)} frozen texts", faults)


def _check(detail: str, faults: list[str]) -> Check:
    outcome = Outcome.FAILED if faults else Outcome.PROVEN
    return Check(0, "", outcome, detail, tuple(faults))
