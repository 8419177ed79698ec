r"""Titles told of bibliographies in every style of BibTeX that this machine has.

Sixty invented works are printed by `bibtex` in each `.bst` of the TeX installation, and read as the
source of a paper is: `python -m benchmarks.reading.bibliography_styles`. Truth is what BibTeX was
given. A title is counted as printed where its letters stand in the item.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from benchmarks.shares import Share, table
from pipeline.model.folding import folded_title
from pipeline.sources.eprint_bibliographies import bibliography
from pipeline.sources.eprint_references import references_of
from pipeline.sources.eprint_unpacking import TexFile
from pipeline.sources.eprint_wording import plain

WORKS, OF_TOLD_RIGHT, OF_PRINTED_TOLD = 60, 0.98, 0.94
SHOWN = (
    *("plain", "plainnat", "unsrt", "alpha", "apalike", "apacite", "IEEEtran", "ieeetr"),
    *("ACM-Reference-Format", "acm", "siam", "amsplain", "splncs04", "elsarticle-num", "JHEP"),
    *("apsrev4-2", "naturemag", "vancouver", "achemso", "mnras", "aasjournal"),
)
_COLUMNS = ("printed", "right", "missed", "wrong")
_NOUNS = "stones pebbles sand gravel boulders dust clay shale crystals slates".split()
_DOING = "Weighing Sorting Grinding Counting Mapping Learning Folding Reading Casting".split()
_FAMILIES = "Lee, Green, Kim, M{\\\"o}ller, van der Berg, O'Neill, Ruiz Simo, Da Costa".split(", ")
_GIVEN = "Ada Bo Carl-Otto D. E. Faye~Q. G.".split()


def measured() -> Iterator[str]:
    """A row for each of some styles, and the figures over all of them; nothing without BibTeX."""
    if shutil.which("bibtex") is None:
        yield "  BibTeX is not installed: nothing to measure."
        return
    works = dict(_works())
    counts: dict[str, Counter[str]] = {}
    with TemporaryDirectory() as folder:
        (Path(folder) / "works.bib").write_text("\n".join(_records(works)), encoding="utf-8")
        for name, style in sorted(_styles().items()):
            counts[name] = _told(_printed(Path(folder), style, list(works)), works)
    yield from table(
        f"of {len(counts)} styles",
        {name: [counts[name][column] for column in _COLUMNS] for name in SHOWN if name in counts},
        _COLUMNS,
    )
    total = sum(counts.values(), Counter())
    told = total["right"] + total["wrong"]
    yield Share("titles told that are right", total["right"], told, OF_TOLD_RIGHT).line()
    yield Share("printed titles that are told right", total["right"], total["printed"],
                OF_PRINTED_TOLD).line()  # fmt: skip


def _styles() -> dict[str, Path]:
    told = subprocess.run(
        ["kpsewhich", "-show-path=.bst"], capture_output=True, text=True, check=True
    ).stdout
    roots = {Path(part.lstrip("!").rstrip("/")) for part in told.strip().split(os.pathsep)}
    files = (file for root in sorted(roots) if root.is_absolute() for file in root.rglob("*.bst"))
    return {file.stem: file for file in files}


def _works() -> Iterator[tuple[str, str]]:
    """The key and the title of each work: with commas, colons and questions, long and short."""
    random = Random(1)
    for number in range(WORKS):
        first, second, third = random.sample(_NOUNS, 3)
        behind = (
            f", {second} and {third}", f": a study of {second}", f" in the {third}",
            f" for {second}? A reply to {third}", f" with small {third} at Sea",
        )  # fmt: skip
        title = f"{random.choice(_DOING)} {first}{behind[number % 5]}"
        yield f"w{number}", title.title() if number % 3 == 0 else title


def _records(works: Mapping[str, str]) -> Iterator[str]:
    random = Random(2)
    for number, (key, title) in enumerate(works.items()):
        people = " and ".join(
            f"{family}, {random.choice(_GIVEN)}"
            for family in random.sample(_FAMILIES, number % 4 + 1)
        )
        kind, fields = (
            (
                "article",
                "journal={Journal of Stone Science}, volume={12}, number={3}, pages={4--9}",
            ),
            ("inproceedings", "booktitle={Proceedings of STONES}, pages={10--19}"),
            ("misc", "eprint={2401.01234}, archiveprefix={arXiv}, note={arXiv:2401.01234}"),
            ("article", "journal={J. Inv. Stones}, volume={7}, pages={1055}"),
        )[number // 5 % 4]
        named = f"author={{{people}}}, title={{{{{title}}}}}, year={{{1990 + number % 35}}}"
        yield f"@{kind}{{{key}, {named}, {fields}}}"


def _printed(folder: Path, style: Path, keys: list[str]) -> str:
    cited = "".join(f"\\citation{{{key}}}\n" for key in keys)
    lines = f"\\relax\n{cited}\\bibstyle{{{style.with_suffix('')}}}\n\\bibdata{{works}}\n"
    (folder / "x.aux").write_text(lines, encoding="utf-8")
    (folder / "x.bbl").unlink(missing_ok=True)
    subprocess.run(["bibtex", "x"], cwd=folder, capture_output=True, timeout=60, check=False)
    printed = folder / "x.bbl"
    return printed.read_text(encoding="utf-8", errors="replace") if printed.exists() else ""


def _told(bbl: str, works: Mapping[str, str]) -> Counter[str]:
    """How many titles a style prints, and what is told of them; told of none printed is wrong."""
    counts: Counter[str] = Counter()
    found = bibliography([TexFile("x", ".bbl", bbl)])
    for item in found.items if found else ():
        key = re.search(r"\{(w\d+)\}", item)
        if found is None or key is None:
            continue
        reference = next(references_of(found.kind, (item,)), None)
        title = folded_title(works[key[1]])
        told = folded_title(reference.title) if reference and reference.title else None
        is_printed = title in folded_title(plain(item[:500]) + plain(item[500:1000]))
        counts["printed"] += is_printed
        counts["right"] += told == title
        counts["missed"] += is_printed and told is None
        counts["wrong"] += told not in (title, None)
    return counts


if __name__ == "__main__":
    for line in measured():
        print(line, file=sys.stdout)
