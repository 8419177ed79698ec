"""Answers from the package's own data folder, for addresses that begin with `bundled:`."""

from __future__ import annotations

from importlib.resources import files

from pipeline.model.errors import DataError, OfflineError
from pipeline.model.services import Answer, Request

SCHEME = "bundled:"


def fetch_bundled(request: Request) -> Answer:
    """The files of the folder that a `bundled:` address names, each by its name, in order of names.

    Raises OfflineError for any other address: nothing here leaves this machine. Raises
    DataError where the package is damaged.
    """
    if not request.url.startswith(SCHEME):
        raise OfflineError(request.url)
    folder = files("pipeline") / "data" / request.url.removeprefix(SCHEME)
    try:
        folder_files = sorted(folder.iterdir(), key=lambda file: file.name)
        payloads = tuple((file.name, file.read_bytes()) for file in folder_files if file.is_file())
    except OSError as error:
        remedy = "Install the package again."
        raise DataError(str(folder), error.strerror or "cannot be read", remedy) from error
    return Answer(request, payloads)
