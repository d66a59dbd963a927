"""
The words that were spoken behind a translation: which transcript holds them, and what other
translations of the case teach about how words are translated.

The transcript is the one that was translated, as it stands now after corrections. A
translation that was brought in names none; then it is the transcript of the recording that
a reader would be shown first, provided that its times are of the same samples. What is
learned comes from the same case only: need to know reaches what was learned, too.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.canonical import canonical
from app.core.digest import Digest
from app.transcripts import queries as transcripts
from app.transcripts.models import Transcript, TranscriptKind
from transcription import linking
from transcription.linking import Estimates

_DERIVED = frozenset({TranscriptKind.CORRECTION, TranscriptKind.TRANSLATION})
_PREFERENCE = (TranscriptKind.HUMAN, TranscriptKind.ASR, TranscriptKind.PUBLISHED)
MAX_TAUGHT_WORDS = 8_000
"""Of the newest translations of a case; learning from more would keep a reader waiting."""
_KEPT = 16


@dataclass(frozen=True, slots=True)
class Taught:
    """What was learned, and the digest over the digests of what it was learned from."""

    estimates: Estimates
    sha256: str | None


def spoken(
    session: Session, translation: Transcript, in_force: Sequence[Transcript]
) -> Transcript | None:
    """
    The transcript of the words that a translation is of; `None` where none is held.

    `in_force` are the transcripts of the recording that no correction replaced, oldest first.
    """
    among = [
        (item, transcripts.uncorrected(session, item))
        for item in in_force
        if item.language != translation.language and _same_samples(item, translation)
    ]
    heard = [(item, first) for item, first in among if first.kind not in _DERIVED]
    original = _original(session, translation)
    if original is not None:
        first_of_it = transcripts.uncorrected(session, original)
        heard = [(item, first) for item, first in heard if first.id == first_of_it.id]
    ranked = sorted(heard, key=lambda pair: -_PREFERENCE.index(pair[1].kind))
    return ranked[-1][0] if ranked else None


def taught(session: Session, translation: Transcript, source: Transcript) -> Taught:
    """What the other translations of the case, of the same languages, teach; newest first."""
    found = session.scalars(
        select(Transcript)
        .where(
            Transcript.case_id == translation.case_id,
            Transcript.kind == TranscriptKind.TRANSLATION,
            Transcript.language == translation.language,
            Transcript.parent_id.is_not(None),
            Transcript.recording_id != translation.recording_id,
        )
        .order_by(Transcript.log_index.desc())
    )
    pairs: list[tuple[Transcript, Transcript]] = []
    words = 0
    for other in found:
        original = _original(session, other)
        if original is None or original.language != source.language:
            continue
        words += original.word_count + other.word_count
        if words > MAX_TAUGHT_WORDS:
            break
        pairs.append((original, other))
    return _learned(session, pairs)


def _original(session: Session, translation: Transcript) -> Transcript | None:
    """What was translated: the first version above that is no translation and no work on one."""
    item = transcripts.uncorrected(session, translation)
    while item.kind is TranscriptKind.TRANSLATION and item.parent_id:
        parent = transcripts.get(session, item.parent_id)
        item = transcripts.uncorrected(session, parent)
        if item.kind is not TranscriptKind.TRANSLATION:
            return parent
    return None


def _same_samples(one: Transcript, other: Transcript) -> bool:
    """Whether the times of both may be of the same samples."""
    return None in {one.pcm_sha256, other.pcm_sha256} or one.pcm_sha256 == other.pcm_sha256


_known: OrderedDict[str, Estimates] = OrderedDict()
"""What was learned before, by the digest of what it was learned from: it is never otherwise."""


def _learned(session: Session, pairs: Sequence[tuple[Transcript, Transcript]]) -> Taught:
    if not pairs:
        return Taught(Estimates(), None)
    named = [[one.content_sha256, other.content_sha256] for one, other in pairs]
    digest = str(Digest.of_bytes(canonical([[*pair] for pair in named])))
    if digest not in _known:
        contents = [
            (transcripts.value(session, one), transcripts.value(session, other))
            for one, other in pairs
        ]
        _known[digest] = linking.learned(contents)
        while len(_known) > _KEPT:
            _known.popitem(last=False)
    return Taught(_known[digest], digest)
