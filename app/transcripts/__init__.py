"""What was heard, according to whom: transcripts, never overwritten."""
