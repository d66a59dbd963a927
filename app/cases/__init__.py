"""A case and its members: who needs to know."""
