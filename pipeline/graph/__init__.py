"""Papers, people and tags to the nodes and edges tables."""
