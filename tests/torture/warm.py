"""What a server of forks has at hand before it forks (`multiprocessing`, forkserver), so that a process which is killed
costs no start of Python: the pack, the modules that `anzhu run` comes to need, and all that ask for the time. Imported
there alone.
"""

import gc
import sys
from functools import cache
from importlib import import_module
from pathlib import Path

from bot import app
from bot.settings import Settings
from campaign import pack
from tests.torture import clock

ROOT = Path(__file__).parents[2]
PRODUCT = ("bot", "reports", "scheduler", "service", "storage")
NEEDED = (
    "bot.__main__",
    "bot.channels.telegram.aiogram_port",
    "bot.channels.telegram.ptb",
    "bot.cli.serve",
    "bot.incoming",
    "holidays.countries",
    "psycopg",
    "reports.drawing",
    "service.hot_work.pulse",
    "service.people.ending",
    "service.reminders.leaving",
    "service.reminders.lost_files",
    "service.reminders.tick",
    "sqlalchemy.dialects.postgresql",
    "sqlalchemy.dialects.sqlite",
)


def _asking() -> list[str]:
    """The modules of the product that ask for the time."""
    files = (file for package in PRODUCT for file in (ROOT / package).rglob("*.py"))
    asking = (file.relative_to(ROOT) for file in files if "datetime.now(" in file.read_text(encoding="utf-8"))
    return [".".join(file.with_suffix("").parts) for file in asking]


for name in NEEDED:
    import_module(name)
vars(app)["load"] = load = cache(pack.load)
load(Settings.model_fields["pack"].default)
clock.install(
    [
        *(import_module(name) for name in _asking()),
        *(module for name, module in sys.modules.items() if name.startswith("apscheduler.")),
    ]
)
gc.collect()
gc.freeze()
