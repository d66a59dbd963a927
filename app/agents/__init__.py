"""Who appears in a case: persons, organisations, units, software, and what they are called."""
