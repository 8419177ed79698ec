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
_TITLED = frozenset(("title", "arxiv", "doi", "authors", "name_of_paper"))
_PREVIEWS = ("attachments", "embeds")
"""What Slack and Discord show of the pages that a message links."""
_ALONE = ("message", "Note")
"""The `type` of what is a message, also where it is the only one."""
_LABELLED = re.compile(r"<(https?://[^\s<>|]{1,600})(?:\|([^<>]{0,400}))?>")
_SHOWN_LINK = re.compile(r"\[([^\s\[\]]{1,600})\]\((https?://[^\s()]{1,600})\)")
_PEOPLE = re.compile(r'"(?:profile|creator)"\s*:')
_OF_SLACK = re.compile(r'"(?:real_name|is_archived)"\s*:')
_GOES = re.compile(r"\w{1,30}_(?:join|leave|archive|unarchive)")
_LINK_AT_END = re.compile(r"(?P<before>(?:[^\n]*[:!?…]\s+)?)(?P<link>https?://\S{1,600})")
_LINK_FIRST = re.compile(r"(?P<link>https?://[^\s:,]{1,600})(?:[:,]|\s[–—-])\s+(?P<behind>\S.*)")
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
    source = "\n".join(line or "" for line in text.lines)
    try:
        messages = list(_messages(json.loads(source)))
    except (ValueError, RecursionError):
        return None
    if not messages or any(_is_record(message.item) for message in messages):
        return None
    finder = ObjectFinder(source)
    lines: list[str] = []
    numbers: list[int] = []
    for message in messages:
        first, *below = message.said.split("\n")
        lines += [f"[{message.when}] {message.name}: {first}", *below]
        numbers += [finder.line_of({"said": first, **message.item})] * (1 + len(below))
    return Text(text.file, lines), numbers


def is_list_of_slack(text: Text) -> bool:
    """Whether a text lists the people or the channels of Slack, beside its messages."""
    head = "\n".join(text.head)[:40_000]
    return all(p.search(head) for p in (_BEGINS, _PEOPLE, _OF_SLACK)) and not _SAID.search(head)


def _messages(value: Any) -> Iterator[_JsonMessage]:
    """The messages of the first list that holds some, in their order."""
    waiting, depth = [value], 0
    while waiting and depth < _MOST_DEPTH:
        for each in waiting:
            items = each if isinstance(each, list) else []
            messages = [m for item in items if isinstance(item, Mapping) and (m := _message(item))]
            least = 1 if any(m.item.get("type") in _ALONE for m in messages) else _LEAST_MESSAGES
            if len(messages) >= least:
                yield from messages
                return
        below = [list(v.values()) if isinstance(v, Mapping) else v for v in waiting]
        waiting = [v for level in below if isinstance(level, list) for v in level[:10_000]]
        waiting = [v for v in waiting if isinstance(v, list | Mapping)]
        depth += 1


def _is_record(item: Mapping[str, Any]) -> bool:
    """Whether an object tells of a paper itself, and not by what it shows of a page it links."""
    values = [value for key, value in item.items() if key not in _PREVIEWS]
    inner = [i for v in values for i in (v if isinstance(v, list) else [v])]
    objects = [item, *(each for each in inner if isinstance(each, Mapping))]
    return any(str(key).casefold() in _TITLED for each in objects for key in each)


def _message(item: Mapping[str, Any]) -> _JsonMessage | None:
    if _GOES.fullmatch(str(item.get("subtype"))):
        return None
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
    return _JsonMessage(item, name, when, _with_titles(said, item)) if said and when else None


def _with_titles(said: str, item: Mapping[str, Any]) -> str:
    """What is said, with the titles that the program shows of pages above the links to them."""
    shown = [p for key in _PREVIEWS for p in item.get(key) or () if isinstance(p, Mapping)]
    titles = {
        str(page.get(key)): title
        for page in shown
        for key in ("from_url", "title_link", "url")
        if isinstance(title := page.get("title"), str) and "\n" not in title
    }
    lines = []
    for line in said.split("\n"):
        match = _LINK_AT_END.fullmatch(line.strip())
        title = match and titles.get(match["link"])
        if match and title and title not in said:
            lines += [before] if (before := match["before"].strip()) else []
            lines += [title, match["link"]]
        elif (
            (opened := _LINK_FIRST.fullmatch(line.strip()))
            and (first := titles.get(opened["link"]))
            and first not in said
        ):
            lines += [first, opened["link"], opened["behind"]]
        else:
            lines.append(line)
    return "\n".join(lines)


def _words(value: Any) -> str:
    """A text, which may be in pieces, with plain links."""
    if isinstance(value, list):
        value = "".join(map(_piece, value))
    if not isinstance(value, str):
        return ""
    if value.startswith("<p>"):
        value = _SHOWN_LINK.sub(_shown_link, html_as_markdown(value))
    # Slack writes `&` and `<` as HTML does.
    return unescape(re.sub(r"\n{2,}", "\n", _LABELLED.sub(_labelled, value.strip())))


def _shown_link(link: re.Match[str]) -> str:
    """A link as the address that it shows, often in part; of a tag or a person the name."""
    return link[1] if link[1][0] in "#@" else link[2]


def _labelled(link: re.Match[str]) -> str:
    """A link of Slack, behind the words that it was given."""
    label = (link[2] or "").strip()
    return f"{label} {link[1]}" if " " in label and "/" not in label else link[1]


def _piece(piece: Any) -> str:
    """A part of a message of Telegram, with the page that it links."""
    words, link = (
        (piece.get("text"), piece.get("href")) if isinstance(piece, Mapping) else (piece, "")
    )
    shown = words if isinstance(words, str) else ""
    return f"{shown} {link}" if isinstance(link, str) and link else shown


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
