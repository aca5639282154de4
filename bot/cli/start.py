"""Starting in earnest: what is asked, a trial of the first week, and on a second yes the settings and the registry."""

import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from shlex import quote
from typing import Annotated, Final, TypeVar

import typer
from sqlalchemy import Connection

from bot import clockwork, env_file
from bot.app import App
from bot.cli import session
from bot.cli.doctor import examine
from bot.cli.faults import BAD_INPUT, FAILURE, Fault, explained
from bot.cli.helping import Command
from bot.cli.options import day_of, district_named, option
from bot.cli.words import complain, say, words
from bot.first_week import FirstWeek, Trial, bring, trial
from bot.in_force import in_force
from bot.settings import Settings
from campaign.pack import Pack, load, shipped
from campaign.workdays import workday_not_before
from service.care.findings import Level
from service.core.unit_of_work import UnitOfWork
from service.imports.sheets import Sheet, read_sheet
from service.registry import enterprise_import, enterprise_rows
from service.registry.enterprise_import import RegistryReport
from storage import clock, registry, schema
from storage.engine import open_database
from talk.cleaning import clean
from talk.naming import LONGEST_NAME
from talk.texts import FullDay, Listed, Say

T = TypeVar("T")
YES: Final = ("y", "yes", "是", "好", "1")
app = typer.Typer()


@app.command("start", cls=Command, help=words(Say("cli-help-start")))
def start(
    pack: Annotated[str | None, option("--pack", Say("cli-option-start-pack"), Say("cli-name-path"))] = None,
    list_: Annotated[Path | None, option("--registry", Say("cli-option-start-registry"), Say("cli-name-file"))] = None,
    owed_from: Annotated[str | None, option("--owed-from", Say("cli-option-owed-from"), Say("cli-name-day"))] = None,
    clerk: Annotated[list[str] | None, option("--clerk", Say("cli-option-clerk"), Say("cli-name-clerk"))] = None,
    env: Annotated[Path, option("--env", Say("cli-option-env"), Say("cli-name-file"))] = Path(".env"),
    yes: Annotated[bool, option("--yes", Say("cli-option-yes"))] = False,
) -> None:
    """Ask, try the first week apart, and begin on a second yes."""
    chosen = _settings(env)
    today = clockwork.now().astimezone(chosen.timezone).date()
    if _has_begun(chosen):
        raise Fault(Say("cli-start-begun"))
    there = env_file.names(env)
    if {"ANZHU_PACK", "ANZHU_OWED_FROM"} <= set(there):
        say(Say("cli-start-resumes", file=str(env)))
    campaign = _asked("--pack", pack, Say("cli-ask-pack", known=Listed(shipped())), chosen.pack, _pack(today))
    name = campaign.name if campaign.name in shipped() else str(Path(pack or chosen.pack).resolve())
    say(Say("cli-start-bureau", title=campaign.title, bureau=campaign.city_bureau))
    sheet, file = _asked("--registry", None if list_ is None else str(list_), Say("cli-ask-registry"), "", _registry)
    usual = max(workday_not_before(today + timedelta(days=1)), campaign.start)
    default = (chosen.owed_from or usual).isoformat()
    chosen = chosen.model_copy(update={"pack": name})
    chosen = _asked("--owed-from", owed_from, Say("cli-ask-owed-from", day=default), default, _owed_from(chosen))
    _examine(chosen)
    with trial(chosen, today) as one:
        places = _dry_run(one, sheet)
        clerks = _clerks(campaign, clerk or (), places)
        day = chosen.owed_from or today
        say(Say("cli-start-first", title=campaign.title, file=str(file), day=FullDay(day), number=len(places)))
        if not _agreed(Say("cli-ask-first-yes"), yes=yes, otherwise=True):
            raise Fault(Say("cli-start-left"))
        _show(one.week())
    if not _agreed(Say("cli-ask-second-yes", file=str(env)), yes=yes, otherwise=False):
        raise Fault(Say("cli-start-left"))
    _begin(chosen, env, there, sheet, day)
    _next(chosen, env, places, clerks)


def _settings(env: Path) -> Settings:
    try:
        chosen = session.settings(env)
    except UnicodeDecodeError:
        raise Fault(Say("cli-start-env-unread", file=str(env))) from None
    if chosen.clock_start is not None:
        raise Fault(Say("cli-start-rehearsal"))
    return chosen


def _has_begun(chosen: Settings) -> bool:
    file = chosen.database_file
    if (file is not None and not file.exists()) or schema.current(chosen.database) is None:
        return False
    if not schema.is_current(chosen.database):
        raise Fault(Say("cli-database-old"), FAILURE)
    with closing(open_database(chosen.database)) as database:
        return database.look(_began)


def _began(conn: Connection) -> bool:
    return clock.read(conn).ticked_until is not None or registry.count_as_on_licence(conn)[0] > 0


def _asked(flag: str, given: str | None, question: Say, default: str, taken: Callable[[str], T]) -> T:
    """Return what an option gives, or else what is answered at the terminal; what cannot be taken is asked again."""
    if given is not None:
        return taken(given)
    while True:
        answer = _answer(question, flag) or default
        try:
            return taken(answer)
        except Exception as error:
            if isinstance(error, MemoryError):
                raise
            complain(explained(error).what)


def _at_terminal() -> bool:
    return sys.stdin.isatty()


def _answer(question: Say, flag: str) -> str:
    if not _at_terminal():
        raise Fault(Say("cli-start-missing", option=flag))
    say(question)
    sys.stdout.write("> ")
    sys.stdout.flush()
    line = sys.stdin.readline()
    if not line:
        raise Fault(Say("cli-start-left"))
    return line.strip()


def _agreed(question: Say, *, yes: bool, otherwise: bool) -> bool:
    """Return whether it is agreed to; without a terminal by `--yes`, or else as `otherwise` says."""
    if yes:
        return True
    return _answer(question, "--yes").lower() in YES if _at_terminal() else otherwise


def _pack(today: date) -> Callable[[str], Pack]:
    def taken(given: str) -> Pack:
        pack = load(given)
        if pack.closes < today:
            raise Fault(Say("cli-start-over", title=pack.title, last=FullDay(pack.end), pack=given))
        return pack

    return taken


def _registry(given: str) -> tuple[Sheet, Path]:
    file = Path(given).expanduser()
    return read_sheet(file, enterprise_rows.COLUMNS, None), file


def _owed_from(chosen: Settings) -> Callable[[str], Settings]:
    def taken(given: str) -> Settings:
        settings = chosen.model_copy(update={"owed_from": day_of(given)})
        in_force(settings)
        return settings

    return taken


def _examine(chosen: Settings) -> None:
    found = examine(chosen)
    for one in found:
        if one.level is not Level.OK:
            say(Say("cli-finding", level=one.level, what=one.what))
    if any(one.level is Level.ERROR for one in found):
        raise Fault(Say("cli-start-unwell"), FAILURE)


def _dry_run(one: Trial, sheet: Sheet) -> list[str]:
    """Bring the registry into the trial and tell its report; return the district of each enterprise."""
    report = one.bot.use(lambda uow: bring(uow, sheet))
    for line in enterprise_import.report_lines(report, sheet):
        say(line)
    if not report.written:
        raise Fault(Say("cli-start-faulty"))
    return one.bot.look(lambda uow: [known.district for known in registry.all_enterprises(uow.conn).values()])


def _clerks(pack: Pack, given: Sequence[str], places: Sequence[str]) -> dict[str, str]:
    """Return who is clerk of which district; empty for nobody yet."""
    clerks: dict[str, str] = {}
    for one in given:
        district, _, name = one.replace("＝", "=").partition("=")
        clerks[district_named(pack, district.strip())] = _name(name, one)
    for district in dict.fromkeys(places):
        if district not in clerks and _at_terminal():
            clerks[district] = _asked("--clerk", None, Say("cli-ask-clerk", district=district), "", _clerk)
        if not clerks.get(district):
            say(Say("cli-start-no-clerk", district=district))
    return {district: name for district, name in clerks.items() if name}


def _clerk(given: str) -> str:
    return _name(given, given) if given else ""


def _name(name: str, given: str) -> str:
    cleaned = clean(name)
    if not cleaned or len(cleaned) > LONGEST_NAME:
        raise Fault(Say("cli-bad-clerk", given=given), BAD_INPUT)
    return cleaned


def _show(week: FirstWeek) -> None:
    """Print what will be said to whom."""
    say(Say("cli-start-week", first=FullDay(week.first)))
    for title, number in week.owed:
        say(Say("cli-start-owed", title=title, number=number))
    for day, enterprises, clerks in week.said:
        say(Say("cli-start-said", day=FullDay(day), enterprises=enterprises, clerks=clerks))
    if week.messages:
        say(Say("cli-start-example", enterprise=week.enterprise))
    for text in week.messages:
        sys.stdout.write(f"{text}\n\n")
    say(Say("cli-start-nothing-sent"))


def _begin(chosen: Settings, env: Path, there: Sequence[str], sheet: Sheet, day: date) -> None:
    """Write the settings, then bring in the registry in one transaction: whoever is killed between goes on anew."""
    data = {"ANZHU_DATA_DIR": str(chosen.data_dir.resolve())} if "ANZHU_DATA_DIR" not in there else {}
    values = {"ANZHU_PACK": chosen.pack, "ANZHU_OWED_FROM": day.isoformat(), **data}
    env_file.write(env, values)
    written = Listed(tuple(f"{name}={value}" for name, value in values.items()))
    say(Say("cli-start-written", file=str(env), values=written))
    kept = [name for name in there if name not in values]
    if kept:
        say(Say("cli-start-kept", names=Listed(tuple(kept))))
    session.bring_up_to_date(chosen)

    def case(uow: UnitOfWork) -> RegistryReport:
        clock.read(uow.conn, lock=True)
        if _began(uow.conn):
            raise Fault(Say("cli-start-begun"))
        return bring(uow, sheet)

    with closing(App(chosen, actor=session.operator(chosen))) as bot:
        say(enterprise_import.report_lines(bot.use(case), sheet)[-1])


def _next(chosen: Settings, env: Path, places: Sequence[str], clerks: dict[str, str]) -> None:
    say(Say("cli-start-next"))
    lines = [f"set -a; . {quote(str(env.resolve()))}; set +a"]
    for number, district in enumerate(dict.fromkeys(places), 1):
        name = f"    # {clerks[district]}" if district in clerks else ""
        lines.append(f"anzhu invite --role clerk --for {district}{name}")
        lines.append(f"anzhu invite --role principal --for {district} --all --out codes-{number}.csv")
    lines += ["anzhu doctor", "anzhu run" if chosen.telegram_token.get_secret_value() else "anzhu tick"]
    sys.stdout.write("".join(f"  {line}\n" for line in lines))
