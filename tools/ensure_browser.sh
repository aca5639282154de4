#!/bin/sh
# Makes sure that the browser tests can run: Playwright's driver, Chromium and a Chinese font. What is there
# is used, else it is installed by apt-get (as root or with sudo), else, for the browser, by Playwright; else
# one line says what is missing.
set -u

has_browser() {
    [ -n "${ANZHU_TEST_BROWSER:-}" ] && return 0
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" >/dev/null 2>&1 && return 0
    done
    return 1
}

has_font() {
    # Other systems than Linux bring a Chinese font; without fontconfig Linux has none that Chromium finds.
    [ "$(uname -s)" != Linux ] && return 0
    command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=zh family)" ]
}

has_driver() {
    .venv/bin/playwright --version >/dev/null 2>&1
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

missing=""
has_browser || missing="$missing chromium"
has_font || missing="$missing fonts-noto-cjk fontconfig"
has_driver || missing="$missing libatomic1"
[ -z "$missing" ] && exit 0

if command -v apt-get >/dev/null 2>&1 && as_root true 2>/dev/null; then
    echo "Installing for the browser tests:$missing"
    # shellcheck disable=SC2086 # a list of package names
    as_root apt-get update -qq &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $missing >/dev/null
fi
if has_font && has_driver && { has_browser || .venv/bin/playwright install chromium; }; then
    exit 0
fi
echo "The browser tests need Chromium and a Chinese font (Debian: apt-get install$missing); ANZHU_TEST_BROWSER=/path/to/chromium names a browser elsewhere." >&2
exit 1
