"""The append-only log of everything done to evidence; `README.md` gives its format."""
