"""How the exercise model was made: its grammar, its voices, its radio, and how it learned."""
