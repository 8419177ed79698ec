"""Where things are kept that belong to the user and not to one graph."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_data_path

HOME_VARIABLE = "DIGEST_GRAPH_HOME"
LEDGER_NAME = "ledger.sqlite"
"""The file of what services answered, in the home folder."""


def home_folder() -> Path:
    """The folder of the local catalogue and of what services answered.

    It is the one that the variable `DIGEST_GRAPH_HOME` names, else the platform's own place for
    the data of a program.
    """
    asked = os.environ.get(HOME_VARIABLE)
    return Path(asked) if asked else user_data_path("arxiv-digest-graph", appauthor=False)


def catalogue_folder() -> Path:
    """The folder of the local catalogue, unless `--catalogue` names another."""
    return home_folder() / "catalogue"


def bulk_folder() -> Path:
    """The folder of what public dumps say, unless `--bulk` names another."""
    return home_folder() / "bulk"
