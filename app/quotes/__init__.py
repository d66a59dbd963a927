"""What was published against what was said: quotes, alignments, decisions."""
