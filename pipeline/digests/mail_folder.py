"""A folder of mails in one file (.mbox, RFC 4155), as their texts one below another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime

from pipeline.digests.html_text import html_as_markdown
from pipeline.model.records import Text

_BEGINS = re.compile(rb"^From \S+.{0,10}(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) .*$", re.MULTILINE)


def is_mail_folder(head: bytes) -> bool:
    """Whether a file begins as a folder of mails does."""
    return _BEGINS.match(head) is not None


def text_of_mail_folder(file: str, content: bytes) -> Text:
    """What the mails say, each below its day, with the lines of the file."""
    content = content.replace(b"\r\n", b"\n")
    starts = [match.start() for match in _BEGINS.finditer(content) if _is_apart(content, match)]
    if not starts:
        return Text(file, content.decode("utf-8", "replace").split("\n"))
    lines: list[str] = []
    numbers: list[int] = []
    first, counted = 1, 0
    for start, end in zip(starts, [*starts[1:], len(content)], strict=True):
        first += content.count(b"\n", counted, start)
        counted = start
        for number, line in _mail(content[start:end], first):
            lines.append(line)
            numbers.append(max(number, numbers[-1] if numbers else 1))
    return Text(file, lines, numbers)


def _is_apart(content: bytes, match: re.Match[bytes]) -> bool:
    return match.start() == 0 or content[: match.start()].endswith(b"\n\n")


def _mail(source: bytes, first: int) -> Iterator[tuple[int, str]]:
    """The lines of a mail, those that answer another one's left out; they stand in that one."""
    _, _, mail = source.partition(b"\n")
    message = message_from_bytes(mail, policy=policy.default)
    try:
        body = message.get_body(("plain", "html"))
        words = str(body.get_content()) if body else ""
        day = parsedate_to_datetime(str(message["date"])).date().isoformat()
    except (LookupError, ValueError, AttributeError, TypeError, RecursionError):
        words, day = mail.decode("utf-8", "replace"), ""
        body = None
    if body and body.get_content_type() == "text/html":
        words = html_as_markdown(words)
    said = words.split("\n")
    above = source.find("\n".join(said[:3]).encode())
    start = first + (source.count(b"\n", 0, above) if above > 0 else 1)
    if day:
        yield first, f"# {day}"
    yield first, ""
    for number, line in enumerate(said, start):
        yield number, "" if line.startswith(">") and not line.startswith(">From ") else line
    yield start + len(said) - 1, "---"
