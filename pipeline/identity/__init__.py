"""Disambiguation of authors, and deduplication of organisations, tags and cited works."""
