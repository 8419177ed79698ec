#!/bin/sh
# Makes the lock files anew from pyproject.toml.
set -eu

locked() {
  uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet \
    pyproject.toml "$@"
}

locked --group build -o requirements.lock
locked --extra notebook --group dev -c requirements.lock -o requirements-dev.lock
locked --extra spark --group dev -c requirements-dev.lock -o requirements-spark.lock
