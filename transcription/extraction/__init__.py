"""
What a published page says: its text, and what it tells of itself, read from its bytes.

    kinds      what some bytes are: a web page, a PDF, plain text, a WARC, any of these in gzip
    archive    the page inside a WARC, and what was decompressed on the way, within bounds
    encoding   bytes to characters, and what had to be guessed or replaced
    markup     text of a web page (trafilatura), without what only a browser runs or shows
    telling    what a web page says of itself: title, authors, date, publisher, language
    document   text of a PDF (pypdf)
    reading    all of this in order: bytes in, a `Reading` out

Everything read is a proposal with its origin (`Proposal`), and everything that was repaired, left
out or chosen is a `Remark`. Foreign bytes are parsed here, so it runs only in the confined
child (`transcription.sandbox.pages`); callers go through `transcription.pages`. No network.
"""
