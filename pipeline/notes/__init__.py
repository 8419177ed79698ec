"""What the graph says of papers, people and tags, written into the reader's own notes."""
