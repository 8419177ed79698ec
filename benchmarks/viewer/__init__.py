"""The explorer beside sigma and pyvis."""
