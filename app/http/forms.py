"""
A form with one file, read as it comes (RFC 7578), without a copy of the file anywhere else.

The fields must come before the file, as a browser sends them in the order of the form:
whoever handles the file knows by then what it is and that the sender may send it.
"""

from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from email.message import Message

from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import Request

from app.core.errors import Invalid, TooLarge

MOST_FIELD_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class OpenedForm:
    """The fields of a form and its file, whose bytes are still coming."""

    fields: dict[str, str]
    filename: str | None
    chunks: AsyncIterator[bytes]


async def opened(request: Request) -> OpenedForm:
    """Read a form up to its file; `Invalid` when it has none or cannot be read."""
    kind, options = parse_options_header(request.headers.get("content-type"))
    if kind != b"multipart/form-data" or not options.get(b"boundary"):
        raise Invalid("expected a form with a file (multipart/form-data)", field="content")
    reading = _Reading(options[b"boundary"])
    body = request.stream()
    async for chunk in body:
        reading.feed(chunk)
        if reading.file_begun:
            return OpenedForm(reading.texts(), reading.filename, _rest(reading, body))
    raise Invalid("the form has no file", field="file")


async def _rest(reading: "_Reading", body: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The bytes of the file, read to the end of the form, of which the rest is ignored."""
    while True:
        while reading.file_data:
            yield reading.file_data.popleft()
        if reading.file_ended:
            async for chunk in body:  # a second file is refused wherever the body was cut
                reading.feed(chunk)
            return
        try:
            reading.feed(await anext(body))
        except StopAsyncIteration:
            raise Invalid("the form broke off before its end", field="content") from None


@dataclass(slots=True)
class _Part:
    name: str = ""
    filename: str | None = None
    data: bytearray = field(default_factory=bytearray)


class _Reading:
    """Follows the parser's callbacks; the file's bytes are queued until they are taken."""

    def __init__(self, boundary: bytes) -> None:
        self.fields: dict[str, bytearray] = {}
        self.filename: str | None = None
        self.file_data: deque[bytes] = deque()
        self.file_begun = self.file_ended = False
        self._part = _Part()
        self._header = (bytearray(), bytearray())
        self._field_bytes = 0
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._on_part_begin,
                "on_part_data": self._on_part_data,
                "on_part_end": self._on_part_end,
                "on_header_field": self._on_header_field,
                "on_header_value": self._on_header_value,
                "on_header_end": self._on_header_end,
                "on_headers_finished": self._on_headers_finished,
            },
        )

    def feed(self, chunk: bytes) -> None:
        """Take in the next bytes of the body."""
        try:
            self._parser.write(chunk)
        except MultipartParseError as error:
            raise Invalid("the form cannot be read", field="content") from error

    def texts(self) -> dict[str, str]:
        """The fields, decoded; `Invalid` naming the one that is not UTF-8."""
        decoded = {}
        for name, value in self.fields.items():
            try:
                decoded[name] = value.decode()
            except UnicodeDecodeError as error:
                raise Invalid(f"{name} is not UTF-8", field=name) from error
        return decoded

    def _on_part_begin(self) -> None:
        self._part = _Part()

    def _on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._header[0].extend(data[start:end])
        self._count(end - start)

    def _on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._header[1].extend(data[start:end])
        self._count(end - start)

    def _on_header_end(self) -> None:
        name, value = self._header
        if name.lower() == b"content-disposition":
            _, options = parse_options_header(bytes(value))
            self._part.name = options.get(b"name", b"").decode(errors="replace")
            if b"filename" in options:
                self._part.filename = options[b"filename"].decode(errors="replace")
        self._header = (bytearray(), bytearray())

    def _on_headers_finished(self) -> None:
        if self._part.filename is None:
            return
        if self.file_begun:
            raise Invalid("the form has more than one file", field=self._part.name or "file")
        self.file_begun = True
        self.filename = self._part.filename

    def _on_part_data(self, data: bytes, start: int, end: int) -> None:
        if self._part.filename is not None:
            self.file_data.append(bytes(data[start:end]))
            return
        self._count(end - start)
        self._part.data += data[start:end]

    def _on_part_end(self) -> None:
        if self._part.filename is not None:
            self.file_ended = True
        elif not self.file_begun:
            self.fields[self._part.name] = self._part.data

    def _count(self, more: int) -> None:
        self._field_bytes += more
        if self._field_bytes > MOST_FIELD_BYTES:
            raise TooLarge(
                "the fields of the form are too long", limit="form", allowed=MOST_FIELD_BYTES
            )


def filename(disposition: str | None) -> str | None:
    """The name in a `Content-Disposition` (RFC 6266), which may come as bare UTF-8."""
    if disposition is None:
        return None
    message = Message()
    message["Content-Disposition"] = disposition.encode("latin-1").decode(errors="replace")
    return message.get_filename()
