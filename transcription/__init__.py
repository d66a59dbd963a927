"""
The library: audio and text in, values out. No web, no database, no network.

Importing this package loads nothing; see `README.md` for goals and anti-goals.
"""
