"""What was published: reports, their frozen texts, and who repeats whom."""
