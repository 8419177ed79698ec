"""Record linkage of entries to arXiv ids: blocking (candidates), evidence, and one decision."""
