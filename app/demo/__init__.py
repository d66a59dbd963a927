"""
The main job, played through the HTTP API as a stranger would play it.

`earwitness demo` starts a real server with a real worker on a fresh store, acquires two
recordings, registers two reports, transcribes, aligns, assesses, reviews, fetches the
evidence record and replays the custody log, and says what happened at each step. Nothing
in here reaches around the API but the one thing that must: the first administrator.
"""
