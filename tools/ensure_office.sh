#!/bin/sh
# Makes sure that the tests can print our .docx files as an office does: LibreOffice Writer and poppler's tools. What is
# there is used, else it is installed by apt-get (as root or with sudo); else one line says what is missing.
set -u

missing=""
command -v soffice >/dev/null 2>&1 || missing="$missing libreoffice-writer-nogui"
{ command -v pdftotext && command -v pdftoppm; } >/dev/null 2>&1 || missing="$missing poppler-utils"
[ -z "$missing" ] && exit 0

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

if command -v apt-get >/dev/null 2>&1 && as_root true 2>/dev/null; then
    echo "Installing to print .docx files in the tests:$missing"
    # shellcheck disable=SC2086 # a list of package names
    as_root apt-get update -qq &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $missing >/dev/null &&
        exit 0
fi
echo "The tests print .docx files with LibreOffice (soffice) and poppler (pdftotext, pdftoppm); Debian: apt-get install$missing" >&2
exit 1
