#!/bin/sh
# Prints the first Python that is new enough and can make a virtual environment.
# Each candidate is run, not only looked up: version managers put names on PATH that run nothing.
set -eu

for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
    if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        echo "$candidate"
        exit 0
    fi
done
echo "Python 3.11 or newer with venv is needed (Debian: apt-get install python3 python3-venv); PYTHON=/path/to/python names one elsewhere." >&2
exit 1
