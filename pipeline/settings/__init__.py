"""What the reader says by hand: overrides, keys, tags, and where things are kept."""
