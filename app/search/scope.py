"""
Where a search looks, and what it tells of where it looked.

Nothing outside the asker's cases is counted, so that an answer gives nothing away of them.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from app.quotes.footing import Footing
from app.search.models import IndexedTranscript
from app.transcripts.models import Transcript


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """
    Where to look: these cases, and of them one recording, if one is named.

    `superseded`: also in versions that a correction replaced.
    """

    case_ids: Collection[str]
    recording_id: str | None = None
    superseded: bool = False

    def versions(self) -> Select[int]:
        """The numbers of the indexed versions that have something to be found."""
        found = select(IndexedTranscript.number).where(
            IndexedTranscript.case_id.in_(self.case_ids), IndexedTranscript.word_count > 0
        )
        if self.recording_id is not None:
            found = found.where(IndexedTranscript.recording_id == self.recording_id)
        if not self.superseded:
            found = found.where(IndexedTranscript.superseded.is_(False))
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """
    What was looked through: versions in the quote's language, how many of them are translations.

    `other_languages` counts versions that no quote in this language can be compared with, and
    `waiting` those that are not in the index yet.
    """

    language: str
    transcripts: int
    translations: int
    words: int
    other_languages: dict[str, int] = field(default_factory=dict)
    waiting: int = 0


def searched(session: Session, scope: Scope, *, language: str) -> Searched:
    """What a search in this language looks through."""
    counted = scope.versions().with_only_columns(
        IndexedTranscript.language,
        IndexedTranscript.rests_on,
        func.count(),
        func.sum(IndexedTranscript.word_count),
    )
    rows = session.execute(
        counted.group_by(IndexedTranscript.language, IndexedTranscript.rests_on)
    ).all()
    own = [row for row in rows if row[0] == language]
    others: dict[str, int] = {}
    for spoken, _, count, _ in rows:
        if spoken != language:
            others[spoken] = others.get(spoken, 0) + count
    return Searched(
        language=language,
        transcripts=sum(count for _, _, count, _ in own),
        translations=sum(count for _, on, count, _ in own if on is not Footing.SPOKEN),
        words=sum(words for _, _, _, words in own),
        other_languages=dict(sorted(others.items())),
        waiting=_waiting(session, scope),
    )


def languages_of(session: Session, case_ids: Collection[str]) -> list[str]:
    """The languages in which something can be found in these cases, the most used first."""
    counted = (
        Scope(case_ids=case_ids)
        .versions()
        .with_only_columns(IndexedTranscript.language)
        .group_by(IndexedTranscript.language)
        .order_by(func.count().desc(), IndexedTranscript.language)
    )
    return list(session.scalars(counted))


def _waiting(session: Session, scope: Scope) -> int:
    absent = ~exists().where(IndexedTranscript.transcript_id == Transcript.id)
    count = select(func.count()).where(Transcript.case_id.in_(scope.case_ids), absent)
    if scope.recording_id is not None:
        count = count.where(Transcript.recording_id == scope.recording_id)
    return session.scalars(count).one()
