"""Everything known about a recording in one document, as it is or as it was."""
