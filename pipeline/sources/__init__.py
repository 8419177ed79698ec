"""The services that know facts about papers. The table; each is one file beside this one."""

from pipeline.sources import bundled

SOURCES = (bundled.SOURCE,)
"""In the order in which they are asked."""
