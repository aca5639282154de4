"""A major hazard is found (三(一)1): where, which criterion, photo, fixed now or the five fields of its plan."""

from bot.dialogs.picking import pick_criterion
from campaign.hazards import Finding, Plan, is_same
from campaign.talks.hazards import Days, HazardPlanBrief, HazardReportBrief, Reported
from talk.conversation import Talk
from talk.questions import Amount, Confirm, Day, Photo, Text, YesNo
from talk.texts import Say

NAME_LIMIT = 60
"""Characters of a place, a name or the number of a document at the most."""


def report(brief: HazardReportBrief) -> Talk[Reported]:
    """A hazard as it was found. What a department finds is planned by the enterprise later."""
    place = yield from Text(
        key="place",
        ask=Say("report-place", name=brief.name),
        label=Say("report-place-label"),
        hint=Say("report-place-hint"),
        limit=NAME_LIMIT,
    )
    picked = yield from pick_criterion(brief.criteria)
    description = (yield from _described(picked.criterion)) if brief.described else ""
    twin = next((one for one in brief.open if is_same(one.criterion, one.place, picked.criterion, place)), None)
    if twin is not None:
        same = yield from YesNo(
            key=f"same/{twin.number}",
            ask=Say("report-same", number=twin.number, place=twin.place),
            label=Say("report-same-label"),
            yes=Say("report-same-yes"),
            no=Say("report-same-no"),
        )
        if same:
            return Reported(
                Finding(place, picked.criterion, picked.device_failed, (), fixed=False, plan=None), "", twin.number
            )
    photos = yield from Photo(
        key="photo",
        ask=Say("report-photo"),
        label=Say("report-photo-label"),
        nothing=Say("report-photo-none"),
    )
    fixed, how, plan = False, "", None
    if not brief.department:
        fixed = yield from YesNo(
            key="fixed",
            ask=Say("report-fixed"),
            label=Say("report-fixed-label"),
            yes=Say("report-fixed-yes"),
            no=Say("report-fixed-no"),
        )
        if fixed:
            how = yield from Text(key="how", ask=Say("report-how"), label=Say("report-how-label"))
        else:
            plan = yield from _plan_now(brief)
    ask = (
        Say("report-confirm-department", name=brief.name)
        if brief.department
        else Say("report-confirm", bureau=brief.bureau)
    )
    yield from Confirm(key="confirm", ask=ask)
    found = Finding(place, picked.criterion, picked.device_failed, photos, fixed, plan, description)
    return Reported(found, how)


def _described(criterion: str | None) -> Talk[str]:
    """What is wrong, in the finder's words; where a criterion says it, it need not be said again."""
    return (
        yield from Text(
            key="description",
            ask=Say("report-description"),
            label=Say("report-description-label"),
            hint=Say("report-description-hint"),
            nothing=None if criterion is None else Say("report-description-none"),
        )
    )


def _plan_now(brief: HazardReportBrief) -> Talk[Plan | None]:
    now = yield from YesNo(
        key="plan",
        ask=Say("report-plan"),
        label=Say("report-plan-label"),
        yes=Say("report-plan-yes"),
        no=Say("report-plan-no"),
    )
    return (yield from _plan_fields(brief, None)) if now else None


def plan(brief: HazardPlanBrief) -> Talk[Plan]:
    """The plan of a hazard that was reported without one, or a new one."""
    made = yield from _plan_fields(brief, brief.before)
    yield from Confirm(key="confirm", ask=Say("plan-confirm", number=brief.number))
    return made


def _plan_fields(days: Days, before: Plan | None) -> Talk[Plan]:
    """The five fields; what stands in the plan now is offered again."""
    return five_fields(
        person=Text(
            key="person",
            ask=Say("plan-person"),
            label=Say("plan-person-label"),
            limit=NAME_LIMIT,
            same=before.person if before else "",
            step=(1, 5),
        ),
        measures=Text(
            key="measures",
            ask=Say("plan-measures"),
            label=Say("plan-measures-label"),
            same=before.measures if before else "",
            step=(2, 5),
        ),
        funds=Amount(
            key="funds",
            ask=Say("plan-funds"),
            label=Say("plan-funds-label"),
            hint=Say("plan-funds-hint"),
            step=(3, 5),
        ),
        deadline=deadline_day("deadline", days, Say("plan-deadline"), Say("plan-deadline-label"), step=(4, 5)),
        contingency=Text(
            key="contingency",
            ask=Say("plan-contingency"),
            label=Say("plan-contingency-label"),
            hint=Say("plan-contingency-hint"),
            same=before.contingency if before else "",
            step=(5, 5),
        ),
    )


def five_fields(*, person: Text, measures: Text, funds: Amount, deadline: Day, contingency: Text) -> Talk[Plan]:
    """A plan by its five questions: 责任人、措施、资金、期限、应急预案."""
    return Plan(
        (yield from person), (yield from measures), (yield from funds), (yield from deadline), (yield from contingency)
    )


def deadline_day(key: str, days: Days, ask: Say, label: Say, step: tuple[int, int] | None = None) -> Day:
    """A day from today on by which something is to be rectified."""
    return Day(
        key=key,
        ask=ask,
        label=label,
        hint=Say("plan-deadline-hint", example=days.example),
        first=days.asked_on,
        last=days.latest,
        future=True,
        step=step,
    )
