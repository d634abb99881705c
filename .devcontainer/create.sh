#!/bin/sh
# Readies a fresh container: a Chromium, an nginx and git's trust in the folder, then what `make serve` and `make test` install.
set -eu
sudo apt-get update -qq
sudo DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium-headless-shell make nginx >/dev/null
git config --global --add safe.directory "$PWD"
make .venv/.browser-ready .venv/.site-ready
echo "Ready: make serve shows the site, make test runs the tests."
