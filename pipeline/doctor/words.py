"""The findings in words and as JSON, and what follows from them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from datetime import datetime

import orjson

from pipeline.doctor.advice import advice
from pipeline.doctor.findings import (
    CatalogueState,
    Finding,
    LedgerState,
    ServiceState,
    Setup,
)
from pipeline.model.counting import counted
from pipeline.model.printing import escaped_json, printable
from pipeline.settings.keys import EMAIL_VARIABLE, VARIABLES

COLUMNS = 80
_MIB = 1 << 20
_ASIDE = " " * 20


def json_text(findings: Iterable[Finding]) -> str:
    """All the findings as one JSON object on one line; no key and no mail address is in it."""
    names = {Setup: "setup", CatalogueState: "catalogue", LedgerState: "ledger"}
    all_findings = list(findings)
    services = [finding for finding in all_findings if isinstance(finding, ServiceState)]
    by_name = {names[type(f)]: f for f in all_findings if not isinstance(f, ServiceState)}
    whole = {**by_name, "services": services, "next": advice(all_findings)}
    return escaped_json(orjson.dumps(whole, default=lambda record: record._asdict()).decode())


def text_lines(findings: Iterable[Finding]) -> Iterator[str]:
    """The findings in words, each as it comes, in lines of at most 80 columns where that can be."""
    shown = []
    heading = ""
    for finding in findings:
        shown.append(finding)
        title, lines = _told(finding)
        if title != heading:
            yield from ("", title) if heading else (title,)
            heading = title
        yield from map(printable, lines)
    yield from ("", "Next")
    for sentence in advice(shown):
        yield from _wrapped(sentence)


def _told(finding: Finding) -> tuple[str, Iterator[str]]:
    match finding:
        case Setup():
            return f"digest-graph {finding.version}, Python {finding.python}", _of_setup(finding)
        case CatalogueState():
            return "Catalogue", _of_catalogue(finding)
        case LedgerState():
            return "Ledger of what services answered", _of_ledger(finding)
        case ServiceState():
            return "Services", _of_service(finding)


def _of_setup(setup: Setup) -> Iterator[str]:
    named = (f"{name} {number or 'MISSING'}" for name, number in setup.packages.items())
    yield from _wrapped(", ".join(named))
    yield from _wrapped(f"settings: {setup.config}, and the environment")
    yield f"  mail address: {'set' if setup.email else f'not set ({EMAIL_VARIABLE})'}"
    for warning in setup.warnings:
        yield from _wrapped(f"warning: {warning}")
    for fault in setup.faults:
        yield from _wrapped(f"counts for nothing: {fault}")


def _of_catalogue(state: CatalogueState) -> Iterator[str]:
    if state.papers is None:
        yield from _wrapped(f"{state.problem}: {state.folder}")
        yield "  Build one: digest-graph catalogue build FILE"
    else:
        newest = state.newest or "an unknown day"
        yield f"  {counted(state.papers, 'paper')}, the newest of {newest}"
        yield from _wrapped(f"in {state.folder}")


def _of_ledger(state: LedgerState) -> Iterator[str]:
    size = "none" if state.size_bytes is None else f"{state.size_bytes / _MIB:,.1f} MiB"
    yield from _wrapped(f"{size}, {state.path}")
    if state.sources:
        yield f"  {'source':<24}{'found':>11}{'unknown':>11}  {'oldest':<12}newest"
    for source in state.sources:
        counts = f"{source.source:<24}{source.found:>11,}{source.unknown:>11,}"
        yield f"  {counts}  {source.oldest:<12}{source.newest}"
    if state.problem:
        yield from _wrapped(state.problem)
    if state.aside:
        yield from _wrapped(f"damaged, moved aside: {', '.join(state.aside)}")


def _of_service(state: ServiceState) -> Iterator[str]:
    outcome = state.outcome.said
    if state.outcome.took_s is not None:
        outcome += f", in {state.outcome.took_s:.1f} s"
    if state.outcome.resting_until is not None:
        outcome += f"; it rests until {_clock_time(state.outcome.resting_until)}"
    yield from _wrapped(f"{state.name:<18}{outcome}", _ASIDE)
    about = f"at {state.instead} instead of {state.host}" if state.instead else state.host
    if state.takes_key:
        unset = f"no key ({VARIABLES[state.name][0]})"
        about += f"; key set in {state.key}" if state.key else f"; {unset}"
    about += f"; {state.gap_s:g} s between requests"
    about += f"; asked with --sources +{state.name} alone" if state.by_choice else ""
    yield from _wrapped(f"{'':<18}{about}", _ASIDE)


def _clock_time(until: datetime) -> str:
    """The time of day at the place of this machine, as rests last a day at most."""
    return f"{until.astimezone():%H:%M}"


def _wrapped(text: str, further: str = "    ") -> list[str]:
    return textwrap.wrap(
        text, COLUMNS, initial_indent="  ", subsequent_indent=further,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
