"""
Everything that can go wrong in the library, as one tree:

* TranscriptionError
  x Undecodable          no audio could be decoded from these bytes
    + LimitExceeded      decoding was stopped by a limit, which is named
  x SandboxUnavailable   this kernel cannot confine a decoder
  x EngineUnavailable    a speech engine cannot run here: no weights, no such name
  x UnsupportedLanguage  the engine or the rules do not know this language
  x Malformed            a transcript file breaks its own format, at a named line
  x TextTooLong          a quote or a transcript is longer than the rules will compare
  x NothingToAlign       a quote or a text holds no word that could be looked for
  x Unlinkable           a transcript and its translation cannot be laid beside one another

The service maps these to problems; nothing else may leave the library.
"""


class TranscriptionError(Exception):
    """The root of everything the library raises on purpose."""


class Undecodable(TranscriptionError):
    """No audio could be decoded from these bytes; `reason` is short and free of their content."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"cannot be decoded as audio: {reason}")
        self.reason = reason


class LimitExceeded(Undecodable):
    """
    Decoding was stopped because it went past `limit` (for example `decoded_seconds`).

    It says nothing of the file but that: with a higher limit it may well decode.
    """

    def __init__(self, limit: str, allowed: int) -> None:
        super().__init__(f"{limit} would exceed {allowed}")
        self.limit = limit
        self.allowed = allowed


class SandboxUnavailable(TranscriptionError):
    """This kernel offers no confinement for a decoder, and none was waived by the operator."""


class EngineUnavailable(TranscriptionError):
    """A speech engine cannot run here; `remedy` says what would make it run."""

    def __init__(self, engine: str, *, reason: str, remedy: str) -> None:
        super().__init__(f"engine {engine} is unavailable: {reason}. {remedy}")
        self.engine = engine
        self.reason = reason
        self.remedy = remedy


class UnsupportedLanguage(TranscriptionError):
    """`language` is not one that `by` (an engine or a set of rules) knows."""

    def __init__(self, language: str, *, by: str) -> None:
        super().__init__(f"{by} does not know the language {language!r}")
        self.language = language
        self.by = by


class Malformed(TranscriptionError):
    """A transcript file breaks its own format at `line` (1-based; 0 when there are no lines)."""

    def __init__(self, message: str, *, line: int = 0) -> None:
        super().__init__(f"line {line}: {message}" if line else message)
        self.line = line


class TextTooLong(TranscriptionError):
    """`what` (quote, transcript) holds more than `allowed` of `unit` (words, characters)."""

    def __init__(self, what: str, *, unit: str, allowed: int) -> None:
        super().__init__(f"the {what} is longer than {allowed} {unit}")
        self.what = what
        self.unit = unit
        self.allowed = allowed


class NothingToAlign(TranscriptionError):
    """A quote or a text holds no word: it is empty, or only punctuation, marks and gaps."""

    def __init__(self, what: str = "quote") -> None:
        super().__init__(f"the {what} holds no word to look for")


class NothingToFollow(TranscriptionError):
    """What was heard of a recording has too few words of a text in a row to say where the text is."""

    def __init__(self, words: int) -> None:
        super().__init__(
            f"the guide has nowhere {words} words in a row of the text, each with a time of its own"
        )


class Unlinkable(TranscriptionError):
    """A transcript and a translation have neither times nor lines by which they correspond."""
