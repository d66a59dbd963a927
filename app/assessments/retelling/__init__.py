"""What becomes of an assessment: who repeats, cites or disputes it, and in which words."""
