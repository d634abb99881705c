#!/bin/sh
# Makes sure that the tests of hosting/nginx.conf have an nginx: the one that NGINX names or that is there, else Debian's.
set -eu

PATH="$PATH:/usr/sbin:/usr/local/sbin"
if command -v "${NGINX:-nginx}" >/dev/null 2>&1; then
  exit 0
fi

# Not where systemd runs: there Debian would start a server at every boot from now on.
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ] && ! [ -d /run/systemd/system ]; then
  echo "installing Debian's nginx for the tests of hosting/nginx.conf" >&2
  guard=/usr/sbin/policy-rc.d # keeps Debian from starting it
  if ! [ -e "$guard" ]; then
    trap 'rm -f "$guard"' EXIT
    trap 'exit 1' HUP INT TERM
    printf '#!/bin/sh\nexit 101\n' >"$guard"
    chmod +x "$guard"
  fi
  if apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nginx >/dev/null; then
    exit 0
  fi
fi

echo "No nginx could be had. Install one (on Debian: apt-get install nginx; on macOS: brew install nginx), or name one" >&2
echo "with NGINX=/path/to/nginx, and run make test again." >&2
exit 1
