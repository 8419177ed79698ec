"""Facts from every source, gathered through a fetch and merged to papers."""
