"""Entries to arXiv ids: overrides, candidates, evidence, and one decision."""
