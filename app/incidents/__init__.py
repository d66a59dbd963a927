"""What happened, where, and what shows it besides recordings: incidents, places, material."""
