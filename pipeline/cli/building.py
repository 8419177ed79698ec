"""`build` on the screen: what is there at once, who is being asked, what is missing at last."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cli.terminal import count, plan_lines, progress_of, say, tell, watching
from pipeline.digests.printed import ledger_line

if TYPE_CHECKING:
    from pipeline.build.run import Inputs
    from pipeline.model.tables import Build

MOST_SKIPS_TOLD = 5


def tell_plan(asked: Inputs, quiet: bool) -> None:
    """Prints what a build would ask of whom."""
    from pipeline.build.run import planned

    for line in plan_lines(planned(asked, progress_of(quiet))):
        say(line)


def build_and_tell(asked: Inputs, output: Path, quiet: bool) -> None:
    """Writes the graph at once, and again as services answer; says so, and what is missing.

    After Ctrl-C what was answered is written before KeyboardInterrupt is raised.
    """
    from pipeline.build.run import builds, write
    from pipeline.store.outputs import claimed

    progress = progress_of(quiet)
    # Who would lose a race for the folder hears of it before the work, not after it.
    with claimed(output), watching(quiet) as watch:
        for number, drawn in enumerate(builds(asked, progress, watch)):
            write(drawn.graph, output, progress, is_claimed=True)
            if drawn.left_s is None and not quiet:
                _tell_end(drawn.graph, asked, output)
            elif number == 0 and not quiet:
                left, page = _in_words(drawn.left_s or 0.0), output / "graph.html"
                say(f"Open {page}; asking services, {left} left, Ctrl-C keeps all.", err=True)


def _tell_end(found: Build, asked: Inputs, output: Path) -> None:
    from pipeline.build.wanting import Means, wanting

    for skip in found.skips[:MOST_SKIPS_TOLD]:
        tell(skip)
    say(_counted(found, output))
    client = asked.network.client if asked.network else None
    keys = frozenset(client.credentials) if client else frozenset()
    if missing := wanting(found, Means(keys, offline=client is None)):
        say(missing, err=True)


def _in_words(seconds: float) -> str:
    """A time that is left, in words.

    >>> _in_words(20.0), _in_words(80.0), _in_words(3600.0)
    ('about 20 s', 'about 2 min', 'about 60 min')
    """
    return f"about {seconds:.0f} s" if seconds < 60 else f"about {-(-seconds // 60):.0f} min"


def _counted(found: Build, output: Path) -> str:
    matched = sum(match.verdict == "matched" for match in found.matches)
    counts = [
        f"{count(len(found.matches), 'entry', 'entries')}, {matched} matched",
        f"{count(found.nodes.num_rows, 'node')}, {count(found.edges.num_rows, 'edge')}",
    ]
    if found.skips:
        counts.insert(1, f"{count(len(found.skips), 'record')} left out (skips.csv)")
    counts.append(ledger_line(found.printed).rstrip("."))
    return f"{'; '.join(counts)}. Open {output / 'graph.html'}, read {output / 'report.md'}."
