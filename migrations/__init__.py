"""The schema, as numbered steps that read as history."""
