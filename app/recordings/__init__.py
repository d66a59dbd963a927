"""What was intercepted: recordings, the bytes held of them, and how they came here."""
