"""The service. `README.md` in this folder gives the strata and the numbered decisions."""
