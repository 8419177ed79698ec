"""A vault of notes to measure on: a paper a note, tags, a remark that points at another paper.

Every other note that is made prints the link of its paper; the rest are found by title.
Real notes are copied where they are at hand; the rest are made from a world of papers. An abstract
is the titles of other papers, as none are at hand.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from benchmarks.folders import GOLD
from benchmarks.worlds.world import world

NOTES = 3_854
AUTHORS = 8
TITLES_AN_ABSTRACT = 14
TAGS = 120


def vault(folder: Path, notes: int = NOTES) -> Path:
    """`folder`, with so many notes in a folder for each year."""
    real = sorted((GOLD / "notes").rglob("*.md"))[:notes] if GOLD.is_dir() else []
    for file in real:
        path = folder / "read" / file.relative_to(GOLD / "notes")
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, path)
    papers = world(notes).papers.to_pylist()
    for number in range(len(real), notes):
        paper = papers[number]
        path = folder / f"{paper['month'] // 12}" / f"{number:05} note.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(note(papers, number), encoding="utf-8")
    return folder


def note(papers: list[dict[str, Any]], number: int) -> str:
    """The note on one paper, dated by the month of the paper."""
    paper, before = papers[number], papers[number // 2]
    names = [name for near in papers[number : number + 3] for name in near["authors"]][:AUTHORS]
    beside = [other["title"] for other in papers[number + 1 :][:TITLES_AN_ABSTRACT]]
    remark = f"{before['title']}(https://arxiv.org/abs/{before['arxiv_id']})을 떠올리게 합니다."
    tags = " ".join(sorted({f"#topic-{number % TAGS}", f"#theme-{number // 7 % TAGS}"}))
    parts = [
        f"https://arxiv.org/abs/{paper['arxiv_id']}" if number % 2 else "",
        f"{paper['title']} ({', '.join(dict.fromkeys(names))})",
        ". ".join(beside),
        remark,
        tags,
    ]
    return "\n\n".join(part for part in parts if part) + "\n"
