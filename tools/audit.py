"""Ask the vulnerability database about every locked dependency. A known vulnerability fails; a database that cannot be
reached is said and fails nothing: what is not known today is no reason to stop today.
"""

import json
import subprocess
import sys
from pathlib import Path

PATIENCE = 300
"""Seconds that the whole question may take."""


def main(program: str, *locks: str) -> int:
    """Audit lock files with pip-audit at a path; the exit code."""
    return max(_audited(program, lock) for lock in locks)


def _audited(program: str, lock: str) -> int:
    asked = [program, "--disable-pip", "--require-hashes", "--requirement", lock, "--format", "json"]
    try:
        done = subprocess.run(  # noqa: S603  # the Makefile's own words
            [*asked, "--progress-spinner", "off"], capture_output=True, text=True, timeout=PATIENCE, check=False
        )
        answer = json.loads(done.stdout)["dependencies"]
    except (OSError, subprocess.TimeoutExpired, ValueError, KeyError) as error:
        _say(f"{lock}: not audited, the vulnerability database gave no answer ({type(error).__name__})")
        return 0
    found = [(one, flaw) for one in answer for flaw in one.get("vulns", ())]
    for one, flaw in found:
        fixed = ", ".join(flaw.get("fix_versions", ())) or "no version yet"
        _say(f"{lock}: {one['name']} {one['version']}: {flaw['id']}, fixed in {fixed}")
    unknown = sum("skip_reason" in one for one in answer)
    _say(f"{lock}: {len(answer)} dependencies, {unknown} unknown to the database, {len(found)} vulnerabilities")
    return 1 if found else 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    if not all(Path(lock).exists() for lock in sys.argv[2:]):
        sys.exit("audit: a lock file is missing; run make lock")
    sys.exit(main(*sys.argv[1:]))
