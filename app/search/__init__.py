"""
Finding a quote in every transcript that the asker may read.

    terms.py       what a piece of transcript is looked up by: words cut to their beginnings, in pairs
    index/         term to pieces, kept by SQLite or by PostgreSQL: the one place that knows which
    models.py      which transcripts are indexed, and what their pieces hold
    keeping.py     putting transcripts in, taking them out, building anew
    wanted.py      a quote as it is looked for
    windows.py     from pieces to the stretches of speech that are worth comparing
    queries.py     the search: terms, pieces, windows, alignment

The index is derived data. It is no evidence, leaves no custody entry, holds nothing that cannot be
made again from transcripts, and may be emptied at any time. What it finds is only ever a place to
compare: every answer is an alignment with the transcript itself.
"""
