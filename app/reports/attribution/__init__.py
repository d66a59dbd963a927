"""
Who is said to have said what: the attributions of a report, in indirect and direct speech, read by rules.

`read` is the one door. It finds what tells of saying (`cues`: verbs, "according to", "reported by",
nouns), who says it (`phrases`), which words (`wording`), sentence by sentence (`sentence`), and then what
needs the text around: nesting, pronouns, what "this" stands for (`reading`, `people`). Word lists are data
(`lexicon`), for English, Russian and Ukrainian. A pure function of its arguments and the lists, under
`VERSION`. Words within quotation marks are one block: what is quoted within them is not read.
"""

from collections.abc import Iterable

from app.reports.attribution.lexicon import LANGUAGES, load
from app.reports.attribution.names import masked
from app.reports.attribution.reading import Reader
from app.reports.attribution.values import Attribution, Force, Form, Reading, Sayer, SayerKind
from transcription.errors import TextTooLong
from transcription.language import UNDETERMINED, by_letters, primary
from transcription.quotation.layout import paragraphs

METHOD = "attribution-rules"
VERSION = "1"
MAX_CHARACTERS = 2_000_000
"""The longest text that is read: as long as the longest snapshot of a report."""

__all__ = [
    "MAX_CHARACTERS",
    "METHOD",
    "VERSION",
    "Attribution",
    "Force",
    "Form",
    "Reading",
    "Sayer",
    "SayerKind",
    "read",
]


def read(text: str, *, language: str | None = None, publications: Iterable[str] = ()) -> Reading:
    """
    The attributions of a text, in its order.

    `language` is a BCP 47 tag; without one, or with `und`, the letters decide. `publications` are
    names known to be of publications, beside those on the lists. In a language without rules nothing
    is read, and the note says so. Raises `TextTooLong`, and `UnsupportedLanguage` for what is no tag.
    """
    if len(text) > MAX_CHARACTERS:
        raise TextTooLong("text", unit="characters", allowed=MAX_CHARACTERS)
    spoken = primary(language)
    if spoken == UNDETERMINED:
        spoken = by_letters(text)
    if spoken not in LANGUAGES:
        return Reading(spoken, (), f"there are no rules for the language {spoken!r}")
    known = tuple(sorted({" ".join(name.casefold().split()) for name in publications} - {""}))
    lexicon = load(spoken, known)
    laid = paragraphs(text)
    return Reading(spoken, tuple(Reader(text, masked(text, laid, lexicon), laid, lexicon).read()))
