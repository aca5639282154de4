"""A report of a district, or of the city over all, drafted into a file."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli import session
from bot.cli.faults import Fault
from bot.cli.helping import Command
from bot.cli.options import Now, OfDistrict, argument, district_of, option
from bot.cli.words import say, words
from service.core.refusal import RefusedError
from service.core.unit_of_work import UnitOfWork
from service.district import report as district_report
from service.district.report import Report, ReportPaper
from storage import modes
from talk.texts import Say

app = typer.Typer()


@app.command("report", cls=Command, help=words(Say("cli-help-report")))
def report_(
    kind: Annotated[str, argument(Say("cli-name-kind"), Say("cli-option-report-kind"))],
    out: Annotated[Path, option("--out", Say("cli-option-report-out"), Say("cli-name-file"))],
    district: OfDistrict = None,
    phase: Annotated[int | None, option("--phase", Say("cli-option-phase"), Say("cli-name-phase"))] = None,
    now: Now = None,
) -> None:
    """Write a draft of a report, with the figures that are known."""
    at = session.moment(now)
    if out.suffix.lower() != ".docx":
        raise Fault(Say("cli-report-kind", given=out.name))
    with session.reading() as bot:
        facts = bot.look(lambda uow: _gathered(uow, kind, phase, district), now=at)
    from reports.district_report import docx  # noqa: PLC0415  # a third of a second of imports

    modes.write(out, docx(facts))
    say(Say("cli-annex-written", file=str(out)))


def _gathered(uow: UnitOfWork, kind: str, phase: int | None, district: str | None) -> Report:
    rule = district_report.rule_of(uow, kind)
    if phase is not None and rule is not None and not district_report.phases_of(rule):
        raise Fault(Say("cli-report-no-phase", given=kind))
    period = "once" if phase is None else f"phase-{phase}"
    try:
        return ReportPaper((), kind, period, district_of(uow, district)).gather(uow)
    except RefusedError as refused:
        raise Fault(refused.say) from refused
