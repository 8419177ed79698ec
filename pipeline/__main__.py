"""`digest-graph` and `python -m pipeline`: the only place that exits."""

from __future__ import annotations

import sys

from pipeline.cli import app
from pipeline.errors import DigestGraphError


def main() -> None:
    """Runs the command line; exits 0, 1 (failed) or 2 (asked for wrongly)."""
    try:
        app()
    except DigestGraphError as error:
        print(f"digest-graph: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        print("digest-graph: stopped; the outputs are as they were", file=sys.stderr)
        sys.exit(130)


if __name__ == "__main__":
    main()
