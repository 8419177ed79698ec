"""What `digest-graph doctor` finds, and how it tells it. The table of what it offers."""

from pipeline.doctor.findings import examined
from pipeline.doctor.words import json_text, text_lines

__all__ = ["examined", "json_text", "text_lines"]
