"""What is read from disk and written to it: inputs, checked tables, whole files."""
