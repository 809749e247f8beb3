#!/usr/bin/env bash
# Install what the tests need from elsewhere than PyPI, as far as it is missing: from Debian the browser, its driver,
# fonts for the scripts of the demo, a Java and npm; through npm the two outside judges of our pages (tests/pages).
set -euo pipefail
cd "$(dirname "$0")/.."
missing=()
command -v chromium >/dev/null || missing+=(chromium)
command -v chromedriver >/dev/null || missing+=(chromium-driver)
command -v java >/dev/null || missing+=(default-jre-headless)
command -v npm >/dev/null || missing+=(npm)
fc-list :lang=ar 2>/dev/null | grep -q . || missing+=(fontconfig fonts-noto-core)
if [ ${#missing[@]} -ne 0 ]; then
  if [ "$(id -u)" != 0 ]; then
    echo "the browser tests need: ${missing[*]} (as root: apt-get install ${missing[*]})" >&2
    exit 1
  fi
  echo "installing ${missing[*]} …" >&2
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq >/dev/null
  apt-get install -qq -y --no-install-recommends "${missing[@]}" >/dev/null
fi
# npm only fetches: what it brings is checked against the digests of the lock, and no script of it is run.
if [ ! -e tests/pages/node_modules/.package-lock.json ] || [ tests/pages/package-lock.json -nt tests/pages/node_modules/.package-lock.json ]; then
  echo "fetching the judges of pages …" >&2
  (cd tests/pages && npm ci --silent && touch node_modules/.package-lock.json)
fi
