"""Where the arXiv ids went that inputs print, of all files together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pipeline.model.counting import counted
from pipeline.model.records import IdAccount, IdLedger


def ledger_of(accounts: Iterable[IdAccount]) -> IdLedger:
    """The accounts of many files as one; of a file only what went nowhere is kept."""
    places: Counter[str] = Counter()
    nowhere = []
    for account in accounts:
        places.update(printed.place for printed in account.printed)
        lost = tuple(printed for printed in account.printed if printed.place == "nowhere")
        nowhere += [IdAccount(account.file, lost)] if lost else []
    return IdLedger(places["own"], places["mention"], tuple(nowhere))


def ledger_line(ledger: IdLedger) -> str:
    """The ledger in a sentence.

    >>> ledger_line(IdLedger(900, 100))
    '1,000 arXiv ids printed: 900 own, 100 mentioned, 0 nowhere.'
    """
    lost = [printed for account in ledger.nowhere for printed in account.printed]
    explained = sum(printed.why is not None for printed in lost)
    explanation = f" ({explained:,} explained)" if explained else ""
    total = ledger.own + ledger.mentions + len(lost)
    return (
        f"{counted(total, 'arXiv id')} printed: {ledger.own:,} own, {ledger.mentions:,} mentioned, "
        f"{len(lost):,} nowhere{explanation}."
    )
