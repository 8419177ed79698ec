#!/bin/sh
# Makes the lock files anew from pyproject.toml.
set -eu

locked() {
  uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet "$@"
}

locked pyproject.toml --group build -o requirements.lock
locked pyproject.toml --extra notebook --extra mcp --group dev -c requirements.lock -o requirements-dev.lock
locked pyproject.toml --extra spark --group dev -c requirements-dev.lock -o requirements-spark.lock
locked --group docs -c requirements-dev.lock -o requirements-docs.lock
