"""Where the project lies, and what lies beside it."""

from __future__ import annotations

from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
TESTS = PROJECT / "tests"
SHARED = PROJECT.parent / "shared"
GOLD = SHARED / "gold"
CORPUS = SHARED / "corpus" / "arxiv-metadata-sample.jsonl.gz"
