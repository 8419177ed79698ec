"""Files of notes to entries. The table of formats; each is one file beside this one."""

from pipeline.digests import plain

FORMATS = (plain.FORMAT,)
"""The formats that can be read, each a file; the one likest to the text reads it."""
