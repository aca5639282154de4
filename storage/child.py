"""Looks into bytes that people sent, in child processes that can be killed: what a hostile file does to a decoder, it
does to one child, and its sender is told.

A child has no secret of ours in its environment, is the first to go when memory is short, and comes after the bot in
line for the processor. What it hands back is MessagePack of a type that was named, never a pickle: it is the child that
had the hostile bytes in its hands.
"""

import atexit
import importlib
import os
import pickle
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, LifoQueue
from typing import IO, Any, Final, Literal, ParamSpec, TypeVar, get_type_hints

import msgspec

P = ParamSpec("P")
R = TypeVar("R")

MEGABYTE: Final = 1024 * 1024
AT_ONCE: Final = 2
"""Children at work at the same time: one hostile file leaves a way past it."""
WAITING: Final = 32
"""Looks that may wait for a child; who comes after them is asked to send the file again."""
PATIENCE: Final = 60.0
"""Seconds that a look waits for a child at the most."""
RENEWED_AFTER: Final = 100
"""Looks of one child: what a library leaks ends with it."""
WRITTEN: Final = 4 * MEGABYTE
"""Bytes that a child may write into any file; Python's own compiled modules are all it has to write."""
OPENED: Final = 64
"""Files that a child may have open."""

_LENGTH: Final = struct.Struct(">Q")
_INHERITED: Final = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
_START: Final = "import sys; sys.path.append(sys.argv[1]); from storage.child import serve; serve()"

Why = Literal["time", "memory", "failed", "busy"]


class LookError(Exception):
    """A look that came to no end: `why` is "time", "memory", "failed" (it raised, or its child died), or "busy" (no
    child was free in time; only then the same look may do better later).
    """

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Limits:
    """What one look may use: seconds of the processor, seconds on the clock, bytes of address space and of result."""

    seconds: int
    patience: float
    memory: int
    result: int


class Children:
    """A few child processes, each started when it is first needed. Safe to use from many threads."""

    def __init__(self, at_once: int = AT_ONCE, waiting: int = WAITING, patience: float = PATIENCE) -> None:
        """Start nothing yet. `patience`: seconds that a look waits for a child at the most."""
        self._patience = patience
        self._places = threading.BoundedSemaphore(at_once + waiting)
        self._free: LifoQueue[_Child | None] = LifoQueue()
        for _ in range(at_once):
            self._free.put(None)
        atexit.register(self.close)

    def run(self, limits: Limits, look: Callable[P, R], *args: P.args, **named: P.kwargs) -> R:
        """Run a function of a module in a child and return what it returns, by its annotation of a kind that msgspec
        knows.

        Raises LookError. Blocks its thread; never call it from an event loop.
        """
        kind: Any = get_type_hints(look)["return"]
        if not self._places.acquire(blocking=False):
            raise LookError("busy")
        try:
            answer: R = msgspec.msgpack.decode(self._ask(limits, pickle.dumps((limits, look, args, named))), type=kind)
        except msgspec.MsgspecError as error:
            raise LookError("failed") from error
        else:
            return answer
        finally:
            self._places.release()

    def close(self) -> None:
        """End the children that wait; the next look starts new ones."""
        ended = 0
        with suppress(Empty):
            while True:
                child = self._free.get_nowait()
                ended += 1
                if child is not None:
                    child.end()
        for _ in range(ended):
            self._free.put(None)

    def _ask(self, limits: Limits, request: bytes) -> bytes:
        try:
            child = self._free.get(timeout=self._patience)
        except Empty:
            raise LookError("busy") from None
        usable = None
        try:
            if child is None or not child.usable:
                child = _Child()
            answer = child.ask(request, limits)
            usable = child
        finally:
            if usable is None and child is not None:
                child.end()
            self._free.put(usable)
        return answer


class _Child:
    def __init__(self) -> None:
        root = Path(__file__).parents[1]
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-c", _START, str(root)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in _INHERITED if name in os.environ}
            # Arenas are address space that glibc reserves for each thread, and counts against the limit.
            | {"MALLOC_ARENA_MAX": "2"},
            # A Ctrl-C on the terminal is for the bot, which ends its children itself.
            process_group=0,
        )
        self._asked = 0

    @property
    def usable(self) -> bool:
        """Whether it lives, and is not to be renewed."""
        if self._asked < RENEWED_AFTER and self._process.poll() is None:
            return True
        self.end()
        return False

    def ask(self, request: bytes, limits: Limits) -> bytes:
        """Return what the look returned, packed; LookError, after which the child is of no more use."""
        self._asked += 1
        late = threading.Event()

        def kill() -> None:
            late.set()
            self._process.kill()

        timer = threading.Timer(limits.patience, kill)
        timer.daemon = True
        timer.start()
        try:
            return self._answer(request, limits)
        except (OSError, EOFError):
            over = late.is_set() or self._process.wait() == -signal.SIGXCPU
            raise LookError("time" if over else "failed") from None
        finally:
            timer.cancel()
            timer.join()
            if late.is_set():
                # Its time ended with the answer: it is dead, whether the system says so already or not.
                self._asked = RENEWED_AFTER

    def _answer(self, request: bytes, limits: Limits) -> bytes:
        sink, source = self._process.stdin, self._process.stdout
        assert sink is not None  # noqa: S101  # both are pipes
        assert source is not None  # noqa: S101
        _send(sink, request)
        answer = _receive(source, limits.result)
        if answer[:1] == b"+":
            return answer[1:]
        raise LookError("memory" if answer == b"memory" else "failed")

    def end(self) -> None:
        """End it, whatever it does."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()


def _send(sink: IO[bytes], body: bytes) -> None:
    sink.write(_LENGTH.pack(len(body)))
    sink.write(body)
    sink.flush()


def _receive(source: IO[bytes], limit: int) -> bytes:
    """Return one body; EOFError at the end, or where it would be longer than the limit."""
    head = source.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    if length > limit:
        raise EOFError
    body = source.read(length)
    if len(body) < length:
        raise EOFError
    return body


def serve() -> None:
    """Work as a child: carry out what comes in, one look after the other, until the bot is gone."""
    sink, source = sys.stdout.buffer, sys.stdin.buffer
    # What a library prints must not stand between the answers.
    sys.stdout = sys.stderr
    _yield_to_others()
    with suppress(EOFError, BrokenPipeError):
        while True:
            _send(sink, _carried_out(_receive(source, sys.maxsize)))


def _carried_out(request: bytes) -> bytes:
    try:
        limits, look, args, named = pickle.loads(request)  # noqa: S301  # the bot's own words
        _limit(limits)
        return b"+" + msgspec.msgpack.encode(look(*args, **named))
    except MemoryError:
        return b"memory"
    except Exception:  # noqa: BLE001  # decoders fail in every way there is, and all of them mean the same
        return b"failed"
    finally:
        # The next request may be larger than the memory of this look.
        _limit(_BETWEEN)


def _yield_to_others() -> None:
    os.nice(10)
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


_BETWEEN: Final = Limits(seconds=60, patience=0, memory=2048 * MEGABYTE, result=0)
"""Of the time between two looks."""


def _limit(limits: Limits) -> None:
    """Set the limits for one look; what a platform does not have is left out, and the clock of the bot remains."""
    try:
        resource = importlib.import_module("resource")
    except ImportError:
        return
    spent = int(time.process_time()) + 1
    for name, most in (
        ("RLIMIT_AS", limits.memory),
        ("RLIMIT_CPU", spent + limits.seconds),
        ("RLIMIT_FSIZE", WRITTEN),
        ("RLIMIT_NOFILE", OPENED),
        ("RLIMIT_CORE", 0),
    ):
        kind: Any = getattr(resource, name, None)
        with suppress(OSError, ValueError):
            if kind is not None:
                resource.setrlimit(kind, (most, resource.getrlimit(kind)[1]))


CHILDREN: Final = Children()
"""Those of this process for what people send."""
