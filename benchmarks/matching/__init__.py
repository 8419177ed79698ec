"""How well and how fast entries are matched."""
