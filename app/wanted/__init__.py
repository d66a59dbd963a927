"""What is cited and not held, and whether something that came in may be it."""
