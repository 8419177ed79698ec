"""All of arXiv on disk: built, harvested, searched."""
