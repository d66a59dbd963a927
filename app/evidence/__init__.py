"""The assembled view of a recording, and checking everything that is held."""
