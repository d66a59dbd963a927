"""What reports assert about the world: by whom, how firmly, where it stands, and who disagrees."""
