"""
How a page that somebody published comes in: kept as it came, read, proposed, frozen.

    framing    a page as a WARC record
    models     Capture (the page, kept), Extraction (what was read of it)
    queries    looking these up; what of the store they speak for
    service    capture, extract, refuse, freeze

The page is kept first and read afterwards, by a worker, in the sandbox: a web process parses none of
it. What is read is a proposal with the origin of each part; a person freezes a text, and the
snapshot says from which reading of which bytes it came.
"""
