"""What people concluded about a recording: per question, in their own words, never a score."""
