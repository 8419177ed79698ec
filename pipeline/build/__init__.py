"""What `digest-graph build` does: read, match, ask, assemble, write."""
