"""Which characters an address of the web has, where text goes on behind it without a space."""

from __future__ import annotations

WIDE_MARKS = "（）「」『』【】《》〈〉，。、；：！？"
"""Marks of Chinese and Japanese, which no address has unless they are spelt as `%EF%BC%89`."""
NO_ADDRESS = r"\s<>\"'()\[\]{}" + WIDE_MARKS
"""What ends an address in running text, for a class of a pattern: `[^...]`."""
