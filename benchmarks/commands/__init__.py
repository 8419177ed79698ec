"""Whole commands, from the shell or a notebook and back."""
