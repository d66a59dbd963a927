"""The worker's edge: one module per kind of job, and the loop that does them."""
