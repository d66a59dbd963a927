"""What every feature stands on; nothing here knows about audio, people or reports."""
