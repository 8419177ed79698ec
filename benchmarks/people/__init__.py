"""How well and how fast people are told apart."""
