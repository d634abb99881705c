#!/bin/sh
# Makes sure that the browser tests have a Chromium without windows ("headless shell"), which opens a page at a third of
# the work: one that is on PATH, else Debian's, else Playwright's own; else any Chromium or Chrome that is there.
set -eu
python=$1

for name in chromium-headless-shell chrome-headless-shell; do
  if command -v "$name" >/dev/null 2>&1; then
    exit 0
  fi
done

if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  echo "installing Debian's chromium-headless-shell for the browser tests" >&2
  if apt-get update -qq &&
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium-headless-shell >/dev/null; then
    exit 0
  fi
fi

echo "fetching Playwright's own Chromium for the browser tests" >&2
if "$python" -m playwright install --only-shell chromium; then
  exit 0
fi

for name in chromium chromium-browser google-chrome google-chrome-stable; do
  if command -v "$name" >/dev/null 2>&1; then
    echo "taking $name for the browser tests, which will take longer" >&2
    exit 0
  fi
done

echo "No Chromium could be had. Install one (on Debian: apt-get install chromium) and run make test again." >&2
exit 1
