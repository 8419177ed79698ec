"""README and the pages of docs/: their blocks, commands, links and headings."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from conftest import PROJECT

DOCS = PROJECT / "docs"
README = PROJECT / "README.md"
PAGES = [README, *sorted(DOCS.rglob("*.md"))]
NOT_RUN = "# not run by the tests: "
"""A Python example that begins with this line, and a reason, is shown and not run."""


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def named(page: Path) -> str:
    return str(page.relative_to(PROJECT))


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text_of(page), re.MULTILINE | re.DOTALL)


def shell_commands(page: Path) -> list[list[str]]:
    """The words of each command line, without comments and what follows a `>` or `|`."""
    lines = "".join(blocks(page, "sh")).replace("\\\n", " ").splitlines()
    words = [shlex.split(re.split(r" [>|] ", line)[0], comments=True) for line in lines]
    return [line for line in words if line]


def digest_graph_commands(page: Path) -> list[list[str]]:
    return [words[1:] for words in shell_commands(page) if words[0] == "digest-graph"]


def prose(page: Path) -> str:
    """The page without its blocks."""
    return re.sub(r"^```.*?^```", "", text_of(page), flags=re.MULTILINE | re.DOTALL)


def code_in_prose(page: Path) -> list[str]:
    return re.findall(r"(?<!`)`([^`]+)`(?!`)", prose(page))


def links(page: Path) -> list[str]:
    """Where the page's own links and pictures point to; addresses elsewhere are left out."""
    found = re.findall(r"\]\(([^()\s]+)\)", re.sub(r"`[^`\n]*`", "", prose(page)))
    return [link for link in found if not re.match(r"[a-z]+:", link)]


def anchors(page: Path) -> set[str]:
    """What GitHub and the site make of the headings: lower case, hyphens for spaces."""
    headings = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
