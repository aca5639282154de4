"""The import of lists: enterprises, hazards, workers."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot import clockwork
from bot.cli import output, session
from bot.cli.faults import BAD_INPUT, Fault
from bot.cli.helping import Command, Group
from bot.cli.options import Json, argument, option
from bot.cli.words import complain, language, say, words
from campaign.identity import may_be_on_a_licence, normalise_code
from campaign.pack import load
from service.core.unit_of_work import UnitOfWork
from service.duties import planning
from service.hazards import hazard_import
from service.imports.columns import CODE, Columns
from service.imports.report import report_json
from service.imports.sheets import Hidden, Sheet, read_sheet
from service.people import seats
from service.people.seats import Replaced
from service.registry import enterprise_import, enterprise_rows
from service.registry import missing as absence
from service.registry.enterprise_import import RegistryReport
from service.registry.missing import Absence, Choice
from service.workers import worker_import
from talk.texts import Say

app = typer.Typer()
imports = typer.Typer(cls=Group, help=words(Say("cli-about-import")))
app.add_typer(imports, name="import")

Concealed = Annotated[str | None, option("--hidden", Say("cli-option-hidden"), Say("cli-name-hidden"))]
Partial = Annotated[bool, option("--partial", Say("cli-option-partial"))]
File = Annotated[Path, argument(Say("cli-name-file"), Say("cli-option-registry-file"))]


@imports.command("enterprises", cls=Command, help=words(Say("cli-help-import-enterprises")))
def enterprises(
    file: File,
    partial: Partial = False,
    hidden: Concealed = None,
    licensed: Annotated[
        list[str] | None, option("--as-on-licence", Say("cli-option-as-on-licence"), Say("cli-name-code"))
    ] = None,
    end_replaced: Annotated[bool, option("--end-replaced", Say("cli-option-end-replaced"))] = False,
    missing: Annotated[str, option("--missing", Say("cli-option-missing"), Say("cli-name-missing"))] = Choice.REPORT,
    as_json: Json = False,
) -> None:
    """Bring the registry to what a sheet says; whoever is in office where it names another is asked about, or ended,
    and who is missing from it is named, or closed.
    """
    if missing not in set(Choice):
        raise Fault(Say("cli-missing-unknown", given=missing))
    codes = _licensed(licensed or ())
    sheet = _sheet(file, enterprise_rows.columns_of(load(session.settings().pack)), hidden)
    with session.opened() as bot, _progress() as bar:

        def bring(uow: UnitOfWork) -> tuple[RegistryReport, list[Replaced], Absence]:
            clockwork.refuse_leap(uow.conn, datetime.now(UTC))
            report = enterprise_import.import_enterprises(uow, sheet.rows, partial, bar, codes)
            if report.written and (report.added or report.changed or report.states.entered):
                planning.replan(uow)
            replaced = seats.replace(uow, report, end=end_replaced) if report.written else []
            return report, replaced, absence.look(uow, report, (*sheet.rows, *sheet.skipped), Choice(missing))

        report, replaced, absent = bot.use(bring)
    told = enterprise_import.report_lines(report, sheet)
    there = {normalise_code(row.cells.get(CODE, "")) for row in sheet.rows}
    told[-1:-1] = [Say("cli-licence-unused", given=code) for code in sorted(codes - there)]
    told[-1:-1] = [*(one.line_of(ended=end_replaced) for one in replaced), *absent.lines()]
    as_data = report_json(report, sheet, language()) | absent.as_json()
    as_data["telephones"] = {"added": report.telephones.added, "changed": report.telephones.changed}
    as_data["states_entered"] = list(report.states.entered)
    as_data |= {"replaced": [one.as_json(ended=end_replaced) for one in replaced]}
    _show(as_data, told, sound=report.written, as_json=as_json)


@imports.command("hazards", cls=Command, help=words(Say("cli-help-import-hazards")))
def hazards(file: File, partial: Partial = False, hidden: Concealed = None, as_json: Json = False) -> None:
    """Enter old lists of major hazards into the ledger."""
    sheet = _sheet(file, hazard_import.COLUMNS, hidden)
    with session.opened() as bot:
        report = bot.use(lambda uow: hazard_import.import_hazards(uow, sheet.rows, partial))
    told = hazard_import.report_lines(report, sheet)
    _show(report_json(report, sheet, language()), told, sound=report.written, as_json=as_json)


@imports.command("workers", cls=Command, help=words(Say("cli-help-import-workers")))
def workers(
    file: File,
    partial: Partial = False,
    hidden: Concealed = None,
    dry_run: Annotated[bool, option("--dry-run", Say("cli-option-dry-run"))] = False,
    as_json: Json = False,
) -> None:
    """Bring the register of workers to what a list says."""
    sheet = _sheet(file, worker_import.COLUMNS, hidden)
    with session.opened() as bot:
        report = bot.use(lambda uow: worker_import.import_workers(uow, sheet.rows, partial, dry_run=dry_run))
    told = worker_import.report_lines(report, sheet)
    sound = partial or not report.refused
    _show(worker_import.report_json(report, sheet, language()), told, sound=sound, as_json=as_json)


def _licensed(given: Iterable[str]) -> frozenset[str]:
    """Return the codes that stand so on a licence; Fault for what cannot."""
    codes = {normalise_code(one): one for one in given}
    wrong = next((one for code, one in codes.items() if not may_be_on_a_licence(code)), None)
    if wrong is not None:
        raise Fault(Say("cli-not-on-a-licence", given=wrong))
    return frozenset(codes)


def _sheet(file: Path, columns: Columns, hidden: str | None) -> Sheet:
    if hidden is not None and hidden not in set(Hidden):
        raise Fault(Say("cli-hidden-unknown", given=hidden))
    return read_sheet(file, columns, None if hidden is None else Hidden(hidden))


def _show(as_data: dict[str, Any], told: Sequence[Say], *, sound: bool, as_json: bool) -> None:
    """Print a report, its last sentence the sums; a failure where nothing could be written."""
    *lines, sums = told
    if as_json:
        output.single(as_data, session.settings().timezone)
    else:
        for line in lines:
            say(line)
    if sound:
        if not as_json:
            say(sums)
        return
    complain(sums)
    raise typer.Exit(BAD_INPUT)


@contextmanager
def _progress() -> Iterator[Any]:
    """A bar on a terminal, which disappears when the work is done."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task(words(Say("cli-importing")), total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
