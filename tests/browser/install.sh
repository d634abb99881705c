#!/bin/sh
# Makes sure that the browser tests have a Chromium: one that is on PATH, else Debian's, else Playwright's own.
set -eu
python=$1

for name in chromium chromium-browser google-chrome google-chrome-stable; do
  if command -v "$name" >/dev/null 2>&1; then
    exit 0
  fi
done

if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  echo "installing Debian's chromium for the browser tests" >&2
  if apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; then
    exit 0
  fi
fi

echo "fetching Playwright's own Chromium for the browser tests" >&2
"$python" -m playwright install chromium || {
  echo "No Chromium could be had. Install one (on Debian: apt-get install chromium) and run make test again." >&2
  exit 1
}
