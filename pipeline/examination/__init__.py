"""What `digest-graph doctor` finds, and how it tells it. The table of what it offers."""

from pipeline.examination.findings import examined
from pipeline.examination.words import json_text, text_lines

__all__ = ["examined", "json_text", "text_lines"]
