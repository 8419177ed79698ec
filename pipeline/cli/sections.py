"""The order of the help: what one does first stands first, then what one asks, in sections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from typer.core import TyperGroup
from typer.exceptions import TyperException

from pipeline.cli.plain_values import take_plain_values
from pipeline.model.printing import printable

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "Begin": ("init", "build", "open"),
    "Ask the graph": (
        "search", "list", "similar", "around", "path", "missing", "trends", "people", "month",
        "diff",
    ),
    "Know why, and settle what is open": ("explain", "review", "tags", "doctor"),
    "Go on from here": ("watch", "notes", "export", "mcp", "docs"),
    "Steps and larger sources": ("parse", "match", "disambiguate", "catalogue", "bulk"),
}  # fmt: skip
"""Each command in the order of the help. One that is not named here is not shown."""
MOST_LETTERS = 200
"""Of what the help says of a command, which is its first sentence."""


class Sections(TyperGroup):
    """The commands as the help lists them."""

    def invoke(self, context: Any) -> Any:
        """Runs a command; what is wrong with its arguments is said as no terminal acts on it."""
        try:
            return super().invoke(context)
        except TyperException as error:
            error.message = printable(error.message)
            raise

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """What follows the program's own options, which take plain values by themselves."""
        take_plain_values(self.get_params(ctx))
        return super().parse_args(ctx, args)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of this name, whose parameters take plain values by themselves."""
        command = super().get_command(ctx, cmd_name)
        take_plain_values(command.get_params(ctx) if command else ())
        return command

    def list_commands(self, _context: Any) -> list[str]:
        """Those that are there, in the order of `SECTIONS`."""
        return [name for names in SECTIONS.values() for name in names if name in self.commands]

    def format_commands(self, _context: Any, formatter: HelpFormatter) -> None:
        """A heading for each section, and a line for each of its commands."""
        longest = max(map(len, self.commands))
        for section, names in SECTIONS.items():
            rows = list(self._rows(names))
            if rows:
                with formatter.section(section):
                    # As long as the longest, the names of all sections stand under each other.
                    padded = [(name.ljust(longest), help_text) for name, help_text in rows]
                    formatter.write_dl(padded)

    def _rows(self, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        for name in names:
            command = self.commands.get(name)
            if command is not None and not command.hidden:
                yield name, command.get_short_help_str(MOST_LETTERS)


if TYPE_CHECKING:
    from typing import Protocol

    class HelpFormatter(Protocol):
        """What typer's own formatter can do."""

        def section(self, name: str) -> Any:
            """A heading, and what is indented below it."""

        def write_dl(self, rows: list[tuple[str, str]]) -> None:
            """Two columns."""
