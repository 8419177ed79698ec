"""Requests to answers. The only way to facts, whether they lie in the package or far away."""
