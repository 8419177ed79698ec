"""The rounds of a run: what is known is looked through for questions, and these are asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from pipeline.build.network import Network
from pipeline.model.services import Source


def rounds(
    missing: Callable[[], Mapping[Source, Sequence[str]]], network: Network, every_s: float | None
) -> Iterator[None]:
    """Asks for what is `missing`, again and again, until nothing is, or all is stopped.

    There is a moment to do other things before each time. What is new is looked at once nothing is
    being asked any more, or after so many seconds.
    """
    while not network.asker.stopped:
        questions = missing()
        if not questions and not network.asker.busy():
            return
        yield
        network.ask(questions)
        network.asker.wait(every_s)
