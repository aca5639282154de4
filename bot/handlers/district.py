"""/coverage 覆盖情况 and /drafts 草稿: who is checked and trained in a district, its trainings, its reports."""

from typing import Final

from bot.dialogs import training
from bot.handlers.subject import Subject
from campaign.talks.district import TakeBackTrainingBrief, TrainingBrief
from service.core.letters import Draft
from service.core.permissions import own_district
from service.core.refusal import RefusedError, not_allowed
from service.core.shared_actions import CoverageView
from service.core.talk_spec import TalkSpec
from service.core.unit_of_work import Speaker, UnitOfWork
from service.district import actions, cards, coverage, sheet, trainings
from service.district import report as district_report
from talk.texts import Listed, Say

SUBJECT: Final = Subject()

SUBJECT.talk(
    TalkSpec(
        brief=TrainingBrief,
        dialog=training.training,
        title=lambda _: Say("training-record-title"),
        permission=trainings.to_record,
        finish=trainings.recorded,
        hears=trainings.hears,
    )
)
SUBJECT.talk(
    TalkSpec(
        brief=TakeBackTrainingBrief,
        dialog=training.take_back,
        title=lambda brief: Say("training-undo-title", number=brief.number),
        permission=trainings.to_take_back,
        finish=trainings.taken_back,
    )
)
SUBJECT.on(actions.TRAINING)(trainings.show)
SUBJECT.on(actions.UNDO_TRAINING)(trainings.begin_undo)


SUBJECT.on(actions.DRAFT)(district_report.ask)


@SUBJECT.command(actions.COVERAGE_COMMAND)
def coverage_command(uow: UnitOfWork, me: Speaker, argument: str) -> Draft:
    """Return the counters of one's district; for the city those of all, or of the one that is named."""
    named = uow.pack.column_by_name(argument)
    if argument and named is None:
        raise RefusedError(Say("coverage-unknown", known=Listed(uow.pack.columns)))
    column = named or own_district(uow, me.person, actions.COVERAGE_COMMAND.name)
    coverage.require_seen(uow, me, column)
    return cards.city(uow, 1) if column is None else cards.card(uow, me.person, column)


@SUBJECT.on(actions.COVERAGE)
def coverage_view(uow: UnitOfWork, me: Speaker, view: CoverageView, place: int | None, page: int) -> Draft | None:
    """Do, or return, what is asked for of the coverage of a column, or of the city."""
    column = None if view == "city" or place is None else _named(uow.pack.columns, place)
    coverage.require_seen(uow, me, column)
    match view, column:
        case "export", _:
            sheet.ask(uow, me, column)
        case "city", _:
            return cards.city(uow, place or 1)
        case _, None:
            return cards.city(uow, page)
        case "record", _:
            trainings.begin(uow, me, column)
        case "unchecked", _:
            return cards.unchecked(uow, column, page)
        case "untrained", _:
            return cards.untrained(uow, column, page)
        case "trainings", _:
            return cards.trainings(uow, column, page)
        case _:
            return cards.card(uow, me.person, column)
    return None


@SUBJECT.command(actions.DRAFTS_COMMAND)
def drafts_command(uow: UnitOfWork, me: Speaker, argument: str) -> Draft:
    """Return the reports of one's district, for the city those over all; `浑南区` those of a district."""
    named = uow.pack.district_by_name(argument) if argument else None
    if argument and named is None:
        raise RefusedError(Say("draft-no-district", known=Listed(uow.pack.district_names)))
    column = named.name if named is not None else own_district(uow, me.person, actions.DRAFTS_COMMAND.name)
    district_report.require_drafting(uow, me, column)
    return cards.drafts(uow, column)


@SUBJECT.on(actions.DRAFTS)
def draft(uow: UnitOfWork, me: Speaker, place: int | None, kind: str, period: str) -> None:
    """Have the report drafted that was chosen from the list."""
    column = None if place is None else _named(uow.pack.district_names, place)
    district_report.order(uow, me, kind, period, column)


def _named(names: tuple[str, ...], place: int) -> str:
    if place >= len(names):
        raise not_allowed()
    return names[place]
