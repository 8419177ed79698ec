"""Damaged files, odd graphs, killed processes."""
