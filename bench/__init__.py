"""The figures of the README, each a ratio of two things measured in the same run."""
