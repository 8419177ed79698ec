"""How well digests are read."""
