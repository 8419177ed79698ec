"""Texts and paths of a command line, taken as they are.

typer has pydantic check every value, which takes a tenth of a second to load and is needed only for
what may be wrong.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, get_args, get_origin


def take_plain_values(parameters: Sequence[Any]) -> None:
    """Lets the parameters of a command take plain values by themselves, all others by typer.

    A typer that does not keep what checks a value where 0.29 does goes on as ever.
    """
    for parameter in parameters:
        if getattr(parameter, "_runtime_param", ...) is None:
            parameter._runtime_param = _PlainFirst()  # noqa: SLF001 - made at first use, by typer


class _PlainFirst:
    """What typer asks for the value of a parameter."""

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """The value as its parameter has it; typer's own word on what is not plain."""
        if value is None:
            return () if param.multiple or param.nargs == -1 else None
        kind, options = param.type_descriptor.annotation, param.type_descriptor.parameter_info
        if options.parser is None:
            if get_origin(kind) is not list and _is_plain(value, kind, options):
                return _made(value, kind)
            if get_origin(kind) is list and isinstance(value, list | tuple):
                (kind,) = get_args(kind)
                if all(_is_plain(each, kind, options) for each in value):
                    return [_made(each, kind) for each in value]
        param._runtime_param = None  # noqa: SLF001 - typer makes its own, for all that follows
        return param.get_runtime_param().coerce(value, param=param, ctx=ctx)


def _made(text: Any, kind: Any) -> Any:
    return Path(text) if kind is Path else text


def _is_plain(value: Any, kind: Any, options: Any) -> bool:
    """Whether a value is what is asked for, so that nothing can be said against it."""
    if kind is Path:
        return isinstance(value, str | Path) and not _is_checked(options) and _is_open(value)
    if get_origin(kind) is Literal:
        return value in get_args(kind)
    return type(value) is kind and _is_within(value, options.min, options.max)


def _is_within(value: Any, least: float | None, most: float | None) -> bool:
    return (least is None or value >= least) and (most is None or value <= most)


def _is_checked(path: Any) -> bool:
    """Whether more is asked of a path than that it can be read, if it is there."""
    is_any = path.file_okay and path.dir_okay and path.path_type is None
    return not is_any or path.exists or path.writable or path.resolve_path


def _is_open(path: str | Path) -> bool:
    return os.access(path, os.R_OK) or not os.path.lexists(path)
