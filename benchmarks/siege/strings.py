"""Hostile strings as titles, names, tags and file names, through every command and output."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.siege.commands import PROGRAM, run
from benchmarks.siege.rows import Row, within

STRINGS = (
    "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "javascript:alert(1)",
    "\x1b]0;owned\x07\x1b[2J", "\x9b2J", "\u202eesrever", '=HYPERLINK("http://x")', "@SUM(1)",
    "]]>", "&amp;&lt;", "' OR 1=1 --", "%s%n", "{{7*7}}", "${x}", "`id`", "$(id)", "\\input{x}",
    "\ufffe", "a\u0000b", "\ud7ff", "🦄" * 40, "INF", "NaN", "-0", "1e999", "../../etc", "con.txt",
    "href", "[x](javascript:alert(1))", "```", "#" * 50, "\u200b", "\u0301" * 30, "Ⅷ", "ﬃ",
)  # fmt: skip
ACTS = set("\x1b\x07\x9b\x7f\u202e")
COMMANDS = (
    "parse {notes}", "parse {notes} --json", "match {notes} --offline", "tags {notes}",
    "match {notes} --offline --json", "missing -o {out}", "trends -o {out}", "diff {out} {out}",
    "similar {query} -o {out}", "explain {query} -o {out}", "path {query} {query} -o {out}",
    "export -o {out} --to {to} --format gexf,graphml,cytoscape,nodelink,neo4j,jsonld,bibtex",
)  # fmt: skip


def hostile_strings(place: Path, most_s: float) -> Row:
    """Every string through a build, every command that prints, and every format."""
    row = Row("hostile strings through commands and files")
    for number, hostile in enumerate(within(STRINGS, most_s)):
        folder = place / str(number)
        folder.mkdir(parents=True)
        line = hostile.replace("\n", " ")
        text = f"2024-09-05\nOf {line} and Bread\n(Ann {line}, Bob Kim)\nwords {line}\n#tag{line}\n"
        (folder / "n.txt").write_text(text, encoding="utf-8", errors="surrogatepass")
        names = {"notes": str(folder / "n.txt"), "out": str(folder / "out")}
        names |= {"to": str(folder / "to"), "query": f"Of {line} and Bread".replace("\0", "")}
        build = "build {notes} -o {out} --offline"
        for command in (build, *COMMANDS):
            words = [word.format(**names) for word in command.split()]
            done = run([*PROGRAM, *words], {})
            shown = done.stdout + done.stderr
            bad = (
                "Traceback" in shown or bool(ACTS & set(shown)) or done.returncode not in (0, 1, 2)
            )
            if "--json" in words and done.returncode == 0:
                bad = bad or not all(map(_is_json, done.stdout.split("\n")[:-1]))
            row.count(
                "wrong" if bad else "survived", f"{command} with {hostile!r}: {shown[-160:]!r}"
            )
    return row


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except ValueError:
        return False
    return True
