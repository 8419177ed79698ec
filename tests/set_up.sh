#!/bin/sh
# What the tests need beside Python packages: Node's packages, Debian's Chromium and a Korean font.
set -eu
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"

if [ ! tests/node/node_modules/.package-lock.json -nt tests/node/package-lock.json ]; then
  (cd tests/node && npm ci --silent --no-audit --no-fund)
fi

browser=""
for name in chromium chromium-browser google-chrome google-chrome-stable; do
  browser="$browser$(command -v "$name" || true)"
done
if [ "${CHROMIUM:-}" = none ]; then
  :
elif [ -z "$browser" ] && command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  echo "Installing Chromium and a Korean font by apt, for the tests of the pages." >&2
  echo "To do without, set CHROMIUM=none: those tests are then skipped, and counted." >&2
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    chromium fonts-noto-cjk >/dev/null
elif [ -z "$browser" ]; then
  echo "No Chromium here: its tests are skipped. Install it (Debian: apt-get install chromium)." >&2
fi
