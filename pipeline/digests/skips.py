"""The skips that several formats give, in the same words."""

from __future__ import annotations

from pipeline.model.records import Skip


def long_line(file: str, number: int) -> Skip:
    """The skip of a line that was too long to read."""
    reason = (
        "the line is over a million characters. "
        "The rest of the file was read; break the line or take it out."
    )
    return Skip("digests", f"{file}:{number}", reason)


def no_such_date(file: str, number: int, error: ValueError) -> Skip:
    """The skip of a heading that has the form of a date and names no day."""
    reason = f"no such date ({error}). The entries after it are kept without a date."
    return Skip("digests", f"{file}:{number}", reason)
