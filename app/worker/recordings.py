"""
Identifying an instance, and checking that its bytes are unchanged.

Identifying decodes the original once, in the confined child, from an open file, and keeps
what came out: container, duration, digest of the samples, the drawn waveform; then a
listening copy that every browser can play and a spectrogram. A file that yields no audio is kept and marked
with the reason. A kernel that cannot confine the decoder is no property of the file: the
job waits. Nor is a limit that was met: the job fails and names it, and can be asked for again
when the operator has raised it.

A repeated step finds what it kept the first time by its content and keeps it once.
"""

from dataclasses import asdict
from functools import partial
from importlib.metadata import version
from typing import cast

from app.core.canonical import Json
from app.core.digest import Digest
from app.core.jobs import Facts, Failed, Problem, Run, Waits
from app.core.jobs.run import Ending, Tools
from app.core.settings import Settings
from app.core.storage import Area
from app.recordings import fixity as fixities
from app.recordings import queries, service
from app.recordings.models import MediaInstance
from app.recordings.provenance import Decoding, Outcome
from app.worker import derivatives, quotes
from transcription import audio
from transcription.errors import LimitExceeded, SandboxUnavailable, Undecodable

_SETTINGS = {
    "decoded_seconds": "EARWITNESS_MAX_DECODED_S",
    "expansion": "EARWITNESS_MAX_EXPANSION",
}


def identify(run: Run) -> dict[str, Json]:
    """Say what an instance is, and make what the pages need to show and play it."""
    instance = _instance(run)
    run.progress("decoding", total=2)
    found = cast("dict[str, Json]", run.step("decode", partial(_decode, run, instance)))
    if found["outcome"] == Outcome.UNDECODABLE:
        return found
    run.progress("listening copy", done=1, total=2)
    run.step("derivatives", partial(_derive, run, instance))
    # Transcripts that were here before the first bytes could not be compared until now.
    aligned = quotes.align_recording(run, instance.recording_id)
    return {**found, **aligned}


def fixity(run: Run) -> dict[str, Json]:
    """
    Read an original and its derivatives again, and record whether they are unchanged.

    What was decoded is decoded once more: `samples` says whether the decoder that works here
    today gives the `same` samples as are on record, `other` ones (a new identification is
    then kept beside the old, and what was transcribed from the old is told by its digest), or
    is null where there was nothing to compare.
    """
    instance = _instance(run)
    run.progress("reading")
    with run.database.reading() as session:
        objects = fixities.kept_of(session, instance)
    findings = list(fixities.check(objects, run.storage))
    failed = sum(1 for finding in findings if finding.failed)
    run.progress("decoding again")
    samples = (
        run.step("decode again", partial(_decode_again, run, instance)) if not failed else None
    )

    def note() -> Json:
        with run.database.writing() as session:
            fixities.record_check(
                session, actor=run.actor, instance=instance, findings=findings, samples=samples
            )
        return {"checked": len(findings), "failed": failed, "samples": samples}

    return cast("dict[str, Json]", run.step("record", note))


def can_decode(_facts: Facts, tools: Tools) -> bool:
    """Whether this kernel confines a decoder, or the operator waived that it must."""
    return tools.settings.allow_unconfined_decoding or audio.confinement().complete


def limits(settings: Settings) -> audio.Limits:
    """The bounds of one decoding, as the operator set them."""
    return audio.Limits(
        decoded_seconds=settings.max_decoded_s,
        expansion=settings.max_expansion,
        unconfined=settings.allow_unconfined_decoding,
    )


def waits_for_sandbox(error: SandboxUnavailable) -> Waits:
    """The job can go on when the worker runs where a decoder can be confined."""
    return Waits(
        Problem(
            "sandbox-unavailable",
            "The decoder cannot be confined here",
            f"{error}. Run the worker on a Linux kernel with Landlock and seccomp.",
        )
    )


def stopped(error: LimitExceeded) -> Problem:
    """Which limit stopped a decoding, its value, and what an operator could raise."""
    setting = _SETTINGS.get(error.limit)
    remedy = f"Raise {setting} to allow more." if setting else "This limit is fixed."
    return Problem(
        "limit-exceeded",
        "Decoding was stopped by a limit",
        f"The limit {error.limit} is {error.allowed}, and this file goes past it. {remedy} "
        "Its bytes are kept as they came.",
    )


def _decode_again(run: Run, instance: MediaInstance) -> Json:
    with run.database.reading() as session:
        known = queries.identification_of(session, instance.id)
    if known is None or known.outcome is not Outcome.DECODED:
        return None
    try:
        _decode(run, instance)
    except Ending:  # stopped by a limit, or nothing here may decode: nothing was compared
        return None
    with run.database.reading() as session:
        found = queries.identification_of(session, instance.id)
    return "same" if found and found.pcm_sha256 == known.pcm_sha256 else "other"


def _instance(run: Run) -> MediaInstance:
    with run.database.reading() as session:
        return queries.get_instance(session, run.job.subject_id)


def _decode(run: Run, instance: MediaInstance) -> Json:
    try:
        with run.storage.open(Digest.parse(instance.sha256), area=Area.ORIGINALS) as original:
            probe = audio.probe(original, limits(run.settings))
    except SandboxUnavailable as error:
        raise waits_for_sandbox(error) from error
    except LimitExceeded as error:
        raise Failed(stopped(error)) from error
    except Undecodable as error:
        decoding = Decoding(
            outcome=Outcome.UNDECODABLE, decoder={"av": version("av")}, reason=str(error.reason)
        )
        _keep_decoding(run, instance, decoding)
        return {"outcome": str(decoding.outcome), "reason": decoding.reason}
    decoding = Decoding(
        outcome=Outcome.DECODED,
        decoder={"av": version("av"), "decoder": probe.container.decoder},
        container=probe.container.format,
        codec=probe.container.codec,
        sample_rate=probe.container.sample_rate_hz,
        channels=probe.container.channels,
        duration_ms=probe.duration_ms,
        pcm_sha256=probe.pcm_digest,
    )
    _keep_decoding(run, instance, decoding)
    derivatives.keep_peaks(run, instance, probe)
    return {
        "outcome": str(decoding.outcome),
        "duration_ms": probe.duration_ms,
        "bad_packets": probe.tally.bad_packets,
        "truncated": probe.tally.truncated,
    }


def _derive(run: Run, instance: MediaInstance) -> Json:
    try:
        return derivatives.derive(run, instance, limits(run.settings))
    except SandboxUnavailable as error:
        raise waits_for_sandbox(error) from error


def _keep_decoding(run: Run, instance: MediaInstance, decoding: Decoding) -> None:
    with run.database.writing() as session:
        known = queries.identification_of(session, instance.id)
        if known and all(
            getattr(known, field) == value for field, value in asdict(decoding).items()
        ):
            return
        service.identify(session, actor=run.actor, instance=instance, decoding=decoding)
