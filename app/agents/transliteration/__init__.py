"""
Are two names one? Rules that say so with their reasons, and merge nothing.

Names of one person reach a catalogue in two alphabets, two languages and a dozen ways of
writing one alphabet in the other. `names.compare` and `designations.compare` say how alike two
spellings are, per mille, and why; a person decides. `letters.transliterated` writes a Cyrillic name
in Latin letters under each system, `letters.cyrillic` reads a Latin one back.

Everything is a pure function of the two names and of the files in `tables/`; no name is hard-coded.
"""

METHOD = "names-compared"
VERSION = "1"
