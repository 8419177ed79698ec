#!/bin/sh
# Sets up an environment with Spark, apart from the usual one, and compares both engines in it.
set -eu
cd "$(dirname "$0")/../.."

if ! command -v java >/dev/null; then
  if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
      default-jre-headless >/dev/null
  else
    echo "No Java here. Install 17 or later (Debian: apt-get install default-jre-headless)." >&2
    exit 1
  fi
fi
if [ ! .venv-spark/ready -nt requirements-spark.lock ]; then
  "${PYTHON:-python3}" -m venv .venv-spark
  .venv-spark/bin/python -m pip install --quiet --require-hashes -r requirements-spark.lock
  touch .venv-spark/ready
fi
# Spark and pandas warn of each other's versions, which no line of ours can help.
.venv-spark/bin/python -m pytest tests/spark -W ignore
