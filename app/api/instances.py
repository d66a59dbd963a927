"""How media instances, what was found in them and their receipts look on the wire."""

from typing import Any

from sqlalchemy.orm import Session

from app.accounts.permissions import Permission
from app.api.wire import UtcInstant, Wire
from app.cases.caller import Caller
from app.core.errors import NotFound
from app.recordings import queries
from app.recordings.models import Derivative, Identification, MediaInstance
from app.recordings.provenance import DerivativeKind, Generation, Outcome, Standing
from app.recordings.receipt import receipt_of
from transcription.sandbox.limits import explanation_of


class IdentificationOut(Wire):
    """What the confined decoder found; `explanation` says `reason` in a sentence for people."""

    id: str
    log_index: int
    outcome: Outcome
    reason: str | None
    explanation: str | None
    container: str | None
    codec: str | None
    sample_rate: int | None
    channels: int | None
    duration_ms: int | None
    pcm_sha256: str | None
    decoder: dict[str, str]
    identified_at: UtcInstant

    @classmethod
    def of(cls, found: Identification) -> "IdentificationOut":
        """Shape a row."""
        fields = {name: getattr(found, name) for name in cls.model_fields if name != "explanation"}
        explanation = explanation_of(found.reason) if found.reason else None
        return cls(**fields, explanation=explanation)


class DerivativeOut(Wire):
    """A file made from the instance, how it was made, and where to read it."""

    id: str
    log_index: int
    kind: DerivativeKind
    sha256: str
    size: int
    media_type: str
    made_by: dict[str, Any]
    made_at: UtcInstant
    content: str

    @classmethod
    def of(cls, made: Derivative, *, instance_address: str) -> "DerivativeOut":
        """Shape a row."""
        fields = {name: getattr(made, name) for name in cls.model_fields if name != "content"}
        return cls(**fields, content=f"{instance_address}/derivatives/{made.kind}")


class InstanceOut(Wire):
    """One arrival of bytes; `identification` is null until somebody has looked."""

    id: str
    recording_id: str
    case_id: str
    log_index: int
    sha256: str
    size: int
    original_filename: str | None
    generation: Generation
    declared_digest: str | None
    declared_by: str | None
    standing: Standing
    uploaded_by: str
    received_at: UtcInstant
    address: str
    content: str
    identification: IdentificationOut | None
    derivatives: list[DerivativeOut]

    @classmethod
    def of(cls, session: Session, instance: MediaInstance) -> "InstanceOut":
        """Shape a row with what is known of it now."""
        address = address_of(instance)
        found = queries.identification_of(session, instance.id)
        made = queries.derivatives_of(session, instance.id)
        beside = {"address", "content", "identification", "derivatives"}
        fields = {name: getattr(instance, name) for name in cls.model_fields if name not in beside}
        return cls(
            **fields,
            address=address,
            content=f"{address}/content",
            identification=IdentificationOut.of(found) if found else None,
            derivatives=[DerivativeOut.of(one, instance_address=address) for one in made],
        )


class ReceiptOut(Wire):
    """Proof of what was received: keep it, and any later checkpoint must be consistent with it."""

    instance_id: str
    sha256: str
    size: int
    log_index: int
    leaf_hash: str
    tree_size: int
    root: str
    recorded_at: UtcInstant

    @classmethod
    def of(cls, session: Session, instance: MediaInstance) -> "ReceiptOut":
        """The receipt of an instance."""
        receipt = receipt_of(session, instance)
        return cls(**{name: getattr(receipt, name) for name in cls.model_fields})


class AcquisitionOut(Wire):
    """What whoever brought bytes is answered."""

    instance: InstanceOut
    receipt: ReceiptOut

    @classmethod
    def of(cls, session: Session, instance: MediaInstance) -> "AcquisitionOut":
        """An instance and its receipt."""
        return cls(
            instance=InstanceOut.of(session, instance), receipt=ReceiptOut.of(session, instance)
        )


def address_of(instance: MediaInstance) -> str:
    """Where an instance is found."""
    return f"/api/v1/recordings/{instance.recording_id}/media-instances/{instance.id}"


def instance_for(
    session: Session,
    caller: Caller,
    recording_id: str,
    instance_id: str,
    permission: Permission,
) -> MediaInstance:
    """The instance of this recording, if this caller may do this with it."""
    found = queries.get_instance(session, instance_id)
    caller.require(permission, found.case_id, thing="media instance")
    if found.recording_id != recording_id:
        raise NotFound("no such media instance")
    return found
