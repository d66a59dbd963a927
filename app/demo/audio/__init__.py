"""The recordings of the demonstration, which the project made itself; see README.md."""
