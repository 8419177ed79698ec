"""The explorer's modules as one script, for a page or a notebook: no build step, no requests."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_IMPORT = re.compile(r'^import \{[^}]*\}\s+from "\./([a-z_]+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const)\b)", re.MULTILINE)
_SAID = re.compile(
    r"/\*\*(?:(?!\*/).)*\*/|^[ \t]*// [^\n]*$|^export \{\};$", re.DOTALL | re.MULTILINE
)

_JOINED = re.compile(r"(?<=[,;{(=>?:&|])\n|\n(?=[})\]?:.&|+*=<>,])")
"""Ends of lines that mean nothing in JavaScript."""

_LITERAL = (
    r'"(?:[^"\\\n]|\\.)*"'
    r"|'(?:[^'\\\n]|\\.)*'"
    r"|`(?:[^`\\$]|\\.|\$(?!\{)|\$\{(?:[^{}`]|`[^`]*`|\{[^{}]*\})*\})*`"
    r"|(?:(?<=[(\[,!=:?&|])|(?<=[=:?&|(,] )(?! )|(?<=return ))/(?![*/])"
    r"(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/"
)
_NEEDLESS = (
    r"(?<![\w$+ -]) +| +(?![\w$+ -])|(?<=[\w$]) +(?=[+-])|(?<=[+-]) +(?=[\w$])"
)  # fmt: skip
_SPACED = re.compile(f"({_LITERAL})|{_NEEDLESS}")
"""Texts, templates and patterns, which stay; and spaces that mean nothing between other signs."""

_SPACE = re.compile(r"\s+")
_CLOSE = re.compile(r" ?([{};]) ?")


@cache
def script(name: str) -> str:
    """The module and all that it imports, each once and before what needs it, as one text.

    They share one scope: no two of them give a name to two things. Comments are left out,
    lines are joined, and signs stand without spaces.
    """
    modules = _with_imports(name).values()
    return "\n".join(_bare(_EXPORT.sub("", _IMPORT.sub("", module))) for module in modules)


@cache
def text_of(name: str) -> str:
    """A file of the viewer."""
    return (files("pipeline") / "viewer" / name).read_text(encoding="utf-8")


def style() -> str:
    """The style of the explorer, which touches nothing outside its element."""
    return _CLOSE.sub(
        r"\1", _SPACE.sub(" ", text_of("explorer.css") + text_of("explorer_above.css"))
    )


def plain(name: str) -> str:
    """A module that imports nothing, without its comments."""
    return _bare(text_of(f"{name}.js"))


def _with_imports(name: str) -> dict[str, str]:
    text = text_of(f"{name}.js")
    needed: dict[str, str] = {}
    for imported in _IMPORT.findall(text):
        needed |= {k: v for k, v in _with_imports(imported).items() if k not in needed}
    return needed | {name: text}


def _bare(module: str) -> str:
    r"""A module without comments and without spaces that mean nothing.

    >>> _bare("const A =\n  /1 (a)/g;\n// Half.\nconst b = a / 2;")
    'const A=/1 (a)/g;const b=a/2;'
    """
    lines = (line.strip() for line in _SAID.sub("", module).splitlines())
    return _SPACED.sub(r"\1", _JOINED.sub("", "\n".join(line for line in lines if line)))
