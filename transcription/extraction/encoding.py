"""
Bytes to characters, saying what had to be decided.

In this order: a byte order mark, UTF-8 where the bytes are UTF-8 whatever was declared, what the
server said, what the page says in its first kilobytes, and a guess among the usual ones
(charset-normalizer). Bytes that mean nothing become U+FFFD, counted.
"""

import codecs
import re

from charset_normalizer import from_bytes

from transcription.extraction.value import Remark, RemarkKind

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_HEAD = 4096
_GUESSED_FROM = 1 << 16
_USUAL = (
    "cp1251 cp1252 cp1250 cp1253 cp1254 cp1255 cp1256 cp1257 koi8_r koi8_u shift_jis gb18030 big5 "
    "euc_jp euc_kr"
).split()
_REPLACEMENT = "\ufffd"
# Kept by no database or shown by no page: C0 and C1 but white space, and lone surrogates.
_UNKEPT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\ud800-\udfff]")
_DIRECTION = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


def decoded(content: bytes, *, said: str | None = None) -> tuple[str, list[Remark]]:
    """The characters of `content`, of which a server `said` the encoding, and what was decided."""
    for bom, name in _BOMS:
        if content.startswith(bom):
            return _as(content[len(bom) :], name, [])
    declared = _known(said) or _known(_named(content))
    text = _utf8(content)
    if text is not None:
        if declared in {None, "utf-8"} or content.isascii():
            return text, []
        why = f"declared as {declared}, and written in UTF-8"
        return text, [Remark(RemarkKind.OTHER_ENCODING, 1, why)]
    if declared:
        return _as(content, declared, [])
    best = from_bytes(content[:_GUESSED_FROM], cp_isolation=_USUAL).best()
    guessed = _known(best.encoding if best else None) or "windows-1252"
    why = f"no encoding is declared, and it is no UTF-8: taken for {guessed}"
    return _as(content, guessed, [Remark(RemarkKind.GUESSED_ENCODING, 1, why)])


def _utf8(content: bytes) -> str | None:
    """The characters, if these bytes are UTF-8: letters of other encodings are so only by accident."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return None


def kept(text: str) -> tuple[str, list[Remark]]:
    """The text without characters that cannot be kept, and how many these were."""
    clean, gone = _UNKEPT.subn("", text)
    why = "control characters, which no database keeps or no page shows"
    return clean, [Remark(RemarkKind.REMOVED_CHARACTERS, gone, why)] if gone else []


def turning(source: str, text: str) -> list[Remark]:
    """What is to be said of characters that turn the direction of writing: kept, or left out."""
    left = len(_DIRECTION.findall(text))
    gone = len(_DIRECTION.findall(source)) - left
    remarks = []
    if left:
        why = "characters that turn the direction of writing are kept: the order shown may mislead"
        remarks.append(Remark(RemarkKind.DIRECTION_MARKS, left, why))
    if gone > 0:
        why = "characters that turn the direction of writing are not in the text that was read"
        remarks.append(Remark(RemarkKind.REMOVED_CHARACTERS, gone, why))
    return remarks


def _as(content: bytes, name: str, remarks: list[Remark]) -> tuple[str, list[Remark]]:
    text = content.decode(name, errors="replace")
    lost = text.count(_REPLACEMENT) - _already(content, name)
    if lost > 0:
        why = f"bytes that mean nothing in {name} became U+FFFD"
        remarks.append(Remark(RemarkKind.REPLACED_BYTES, lost, why))
    return text, remarks


def _already(content: bytes, name: str) -> int:
    """How often U+FFFD stands in the page itself."""
    try:
        return content.count(_REPLACEMENT.encode(name))
    except UnicodeEncodeError:
        return 0


def _named(content: bytes) -> str | None:
    found = _DECLARED.search(content[:_HEAD])
    return found[1].decode("ascii") if found else None


def _known(name: str | None) -> str | None:
    """Python's name of an encoding of text; `None` for none that is known."""
    if not name:
        return None
    try:
        found = codecs.lookup(name.strip().strip("\"'"))
    except (LookupError, ValueError):
        return None
    # A page in two-byte units could not have said so in one-byte letters (WHATWG, 13.2.3.2).
    if found.name.startswith(("utf-16", "utf-32")):
        return "utf-8"
    is_text = getattr(found, "_is_text_encoding", True)
    # Browsers read ISO 8859-1 as windows-1252, and so do those who write it.
    return (
        None
        if not is_text
        else {"iso8859-1": "windows-1252", "ascii": "windows-1252"}.get(found.name, found.name)
    )
