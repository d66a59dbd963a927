"""Passages of reports that name or describe somebody who appears in the case."""
