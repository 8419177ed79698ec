"""Messages that chats export as JSON (Slack, Telegram, Discord, Mastodon), as lines of a chat."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from html import unescape
from typing import Any, NamedTuple

from pipeline.digests.finding import ObjectFinder
from pipeline.digests.html_text import html_as_markdown
from pipeline.model.records import Text

_BEGINS = re.compile(r"\s*[\[{]")
_SAID = re.compile(r'"(?:text|content|body)"\s*:')
_WHEN = re.compile(r'"(?:\w{0,20}_ts|ts|date|timestamp|published|created_at)"\s*:\s*["\d]')
_FROM = re.compile(r'"(?:user|from|author|sender|actor|attributedTo|username)"\s*:')
_TITLED = re.compile(r'"(?:title|arxiv|doi|authors|name_of_paper)"\s*:', re.IGNORECASE)
_LABELLED = re.compile(r"<(https?://[^\s<>|]{1,600})(?:\|[^<>]{0,400})?>")
_NOT_IN_NAMES = re.compile(r"[\[\]<>:\n]+")
_KEYS_OF_NAMES = ("real_name", "display_name", "name", "nickname", "username")
_MOST_DEPTH = 4
_MOST_SECONDS = 100_000_000_000
"""A larger number counts thousandths."""
_LEAST_MESSAGES = 2


class _JsonMessage(NamedTuple):
    item: Mapping[str, Any]
    name: str
    when: str
    said: str


def chat_of_json(text: Text) -> tuple[Text, list[int]] | None:
    """The messages as a chat is written, and the line of the file of each; None for other JSON."""
    head = "\n".join(text.head)[:40_000]
    if not _BEGINS.match(head) or not all(p.search(head) for p in (_SAID, _WHEN, _FROM)):
        return None
    if _TITLED.search(head):
        return None
    source = "\n".join(line or "" for line in text.lines)
    try:
        messages = list(_messages(json.loads(source)))
    except (ValueError, RecursionError):
        return None
    if len(messages) < _LEAST_MESSAGES:
        return None
    finder = ObjectFinder(source)
    lines: list[str] = []
    numbers: list[int] = []
    for message in messages:
        first, *below = message.said.split("\n")
        lines += [f"[{message.when}] {message.name}: {first}", *below]
        numbers += [finder.line_of({"said": first, **message.item})] * (1 + len(below))
    return Text(text.file, lines), numbers


def _messages(value: Any) -> Iterator[_JsonMessage]:
    """The messages of the first list that holds some, in their order."""
    waiting, depth = [value], 0
    while waiting and depth < _MOST_DEPTH:
        for each in waiting:
            items = each if isinstance(each, list) else []
            messages = [m for item in items if isinstance(item, Mapping) and (m := _message(item))]
            if len(messages) >= _LEAST_MESSAGES:
                yield from messages
                return
        below = [list(v.values()) if isinstance(v, Mapping) else v for v in waiting]
        waiting = [v for level in below if isinstance(level, list) for v in level[:10_000]]
        waiting = [v for v in waiting if isinstance(v, list | Mapping)]
        depth += 1


def _message(item: Mapping[str, Any]) -> _JsonMessage | None:
    for key in ("object", "content"):
        inner = item.get(key)
        item = {**item, **inner} if isinstance(inner, Mapping) else item
    stamps = (value for key, value in item.items() if key.endswith("_ts"))
    said = next((s for key in ("text", "content", "body") if (s := _words(item.get(key)))), "")
    when = next(
        (
            when
            for value in (*map(item.get, ("ts", "date", "timestamp", "published")), *stamps)
            if (when := _time(value))
        ),
        "",
    )
    senders = (item.get(k) for k in ("user_profile", "from", "author", "sender", "user", "actor"))
    name = next((n for sender in senders if (n := _name(sender))), "somebody")
    return _JsonMessage(item, name, when, said) if said and when else None


def _words(value: Any) -> str:
    """A text, which may be in pieces, with plain links."""
    if isinstance(value, list):
        pieces = (p.get("text", "") if isinstance(p, Mapping) else p for p in value)
        value = "".join(piece for piece in pieces if isinstance(piece, str))
    if not isinstance(value, str):
        return ""
    value = html_as_markdown(value).strip() if value.startswith("<p>") else value.strip()
    # Slack writes `&` and `<` as HTML does.
    return unescape(re.sub(r"\n{2,}", "\n", _LABELLED.sub(r"\1", value)))


def _name(value: Any) -> str:
    if isinstance(value, Mapping):
        value = next((value[k] for k in _KEYS_OF_NAMES if isinstance(value.get(k), str)), "")
    name = value.rpartition("/")[2] if isinstance(value, str) else ""
    return _NOT_IN_NAMES.sub(" ", name).strip()[:40]


def _time(value: Any) -> str:
    """A time as `2024-11-03, 21:04`; blank where there is none."""
    try:
        if isinstance(value, str) and not re.fullmatch(r"\d{9,10}(?:\.\d+)?", value):
            when = datetime.fromisoformat(value)
        else:
            seconds = float(value)
            when = datetime.fromtimestamp(
                seconds / 1000 if seconds > _MOST_SECONDS else seconds, UTC
            )
    except (ValueError, TypeError, OverflowError, OSError):
        return ""
    return when.strftime("%Y-%m-%d, %H:%M")
