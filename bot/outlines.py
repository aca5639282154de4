"""The paths that `anzhu outline` draws: a talk by its name, an obligation of the pack, or one of its forms."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.subjects import TALKS
from campaign.duties import title_of
from campaign.pack import Pack
from campaign.talks.duties import PLAIN_FORM, FormBrief, PlainBrief
from talk.conversation import Talk


def outlined(pack: Pack, name: str) -> tuple[Callable[[Mapping[str, Any]], Talk[Any]], Mapping[str, Any]] | None:
    """The dialog that a name stands for, with a brief of nobody's as it would be stored; None: no such dialog."""
    obligation = next((obligation for obligation in pack.obligations if obligation.id == name), None)
    asked = name if obligation is None else obligation.form
    form = next((form for form in pack.forms if form.id == asked), None)
    spec = TALKS.get(FormBrief.talk if form else PlainBrief.talk if asked == PLAIN_FORM else str(asked))
    if spec is None:
        return None
    brief = spec.sampled()
    if obligation is not None:
        presence = obligation.presence
        periods = obligation.periods(obligation.variants[0], pack.campaign, pack.phase_periods)
        period = next(iter(periods), pack.campaign)
        title = title_of(obligation, period.name)
        brief |= {"period": period.name, "first": period.first.isoformat(), "last": period.last.isoformat()}
        brief["title"] = title.as_json()
        brief["presence"] = None if presence is None else presence.ask.as_json()
    if form is not None:
        brief["form"] = form.as_json()
    if "rules" in brief and pack.hot_work is not None:
        brief["rules"] = pack.hot_work.as_json()
    return spec.opened, brief
