"""A notice before it is sent: written, previewed, changed, dropped, and confirmed once."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from campaign.duties import title_of
from campaign.notices import ROLES, STAFF, Audience, Written
from campaign.talks.notices import Condition, NoticeBrief
from service.core.letters import Draft, answer, send
from service.core.permissions import Act, Needed, which_district
from service.core.refusal import RefusedError, not_allowed
from service.core.unit_of_work import Speaker, UnitOfWork
from service.notices import actions, broadcast, cards
from service.notices.audience import Meant, Scope, area_of, digest, meant, own_scopes, require_speaking, scope_of
from service.talks import flow
from storage import duties, notices
from storage.conversations import Conversation
from storage.notices import DRAFT, PREVIEWED, QUEUED, STOPPED, Notice
from talk.texts import Say, Words

USUAL: Final = timedelta(days=30)
"""How long a notice is in force where the campaign's phase does not say."""
SHORTEST: Final = timedelta(days=7)
"""A phase that ends sooner does not say."""
LATEST: Final = timedelta(days=366)
OFFERED: Final = 20
"""Duties from which "who has not answered" is chosen, those due soonest."""


def begin(uow: UnitOfWork, me: Speaker, wanted: str = "") -> None:
    """/notice: the city speaks for the city, a clerk for the district; who serves several names one
    (`/notice 浑南区`).
    """
    scopes = own_scopes(uow, me.person, Act.SEND_NOTICE)
    if not scopes:
        raise not_allowed()
    named = uow.pack.district_by_name(wanted) if wanted and not scopes[0].is_city else None
    scope = next((scope for scope in scopes if named is not None and scope.place == named.name), None)
    if scope is None:
        if len(scopes) > 1 and not scopes[0].is_city:
            raise which_district([scope.place for scope in scopes], actions.WRITE_COMMAND.name)
        scope = scopes[0]
    flow.begin(uow, me, _brief(uow, scope, None))


def to_write(uow: UnitOfWork, talk: Conversation, brief: NoticeBrief) -> Needed:
    """Return what somebody needs who writes a notice of a place."""
    del talk
    return Needed(area_of(uow, brief.place), (Act.SEND_NOTICE,))


def rewrite(uow: UnitOfWork, me: Speaker, number: int) -> None:
    """修改: the answers are offered again; until they are confirmed anew the notice is a draft."""
    notice = _own_draft(uow, me, number)
    notices.change(uow.conn, number, state=DRAFT)
    flow.begin(uow, me, _brief(uow, scope_of(uow, notice.place), number), correcting=notice.conversation)


def written(uow: UnitOfWork, me: Speaker, talk: Conversation, brief: NoticeBrief, result: Written) -> None:
    """Keep the notice when its talk is over, and show whom it would reach."""
    # The role may have ended while the notice was being written.
    require_speaking(uow, me, Act.SEND_NOTICE, brief.place)
    values: notices.NoticeDraft = {
        "conversation": talk.id,
        "state": PREVIEWED,
        "text": result.text,
        "files": [file.as_json() for file in result.files],
        "audience": result.audience.as_json(),
        "until": result.until,
        "form": result.form,
        "written_at": uow.now,
    }
    number = brief.notice
    if number is None:
        number = notices.add(uow.conn, place=brief.place, by=me.person, responsible=me.person, digest="", **values)
    else:
        _own_draft(uow, me, number)
        notices.rewrite(uow.conn, number, **values)
    _preview(uow, me, number)


def kept(uow: UnitOfWork, me: Speaker, talk: Conversation, brief: NoticeBrief) -> None:
    """放弃, of a change that was begun: the notice is shown as it stood, to be sent or dropped."""
    del talk
    if brief.notice is not None:
        _show_again(uow, me, brief.notice)


def unsent(uow: UnitOfWork, me: Speaker) -> bool:
    """Show somebody who wants to let something go the newest notice that he wrote and did not send; False: there is
    none.
    """
    scopes = own_scopes(uow, me.person, Act.SEND_NOTICE)
    number = notices.newest_unsent(uow.conn, me.person, [scope.place for scope in scopes]) if scopes else None
    if number is None:
        return False
    _show_again(uow, me, number)
    return True


def _show_again(uow: UnitOfWork, me: Speaker, number: int) -> None:
    """Show a draft as it stands, to be sent or dropped."""
    _own_draft(uow, me, number)
    notices.change(uow.conn, number, state=PREVIEWED)
    _preview(uow, me, number)


def drop(uow: UnitOfWork, me: Speaker, number: int) -> None:
    """不发了: before it was confirmed."""
    _own_draft(uow, me, number)
    notices.change(uow.conn, number, state=STOPPED)
    answer(uow, me, Say("notice-dropped", number=number))


def confirm(uow: UnitOfWork, me: Speaker, number: int, shown: str) -> Draft | None:
    """确认发送 under what was shown: once, whoever taps how often, and never something else."""
    notice = _own(uow, me, number)
    if notice.state in (QUEUED, STOPPED):
        return broadcast.show(uow, me, number, broadcast.CONFIRMED)
    found = meant(uow, scope_of(uow, notice.place), Audience.stored(notice.audience))
    if notice.state == DRAFT or shown != _digest(notice, found) or not cards.is_in_force(uow, notice):
        answer(uow, me, Say("notice-changed", number=number))
        if notice.state == PREVIEWED:
            _preview(uow, me, number)
        return None
    uow.note("notice-sent", f"notice/{number}", digest=shown, people=len(found.people))
    broadcast.start(uow, notice, found)
    return broadcast.show(uow, me, number, broadcast.CONFIRMED)


def _own_draft(uow: UnitOfWork, me: Speaker, number: int) -> Notice:
    """Return a notice that this person wrote, locked, while it may still be changed. RefusedError: with the card of
    how it stands now, where an old button was tapped after that.
    """
    notice = _own(uow, me, number)
    if notice.state not in (DRAFT, PREVIEWED):
        raise RefusedError.with_card(broadcast.show(uow, me, number, broadcast.CONFIRMED))
    return notice


def _own(uow: UnitOfWork, me: Speaker, number: int) -> Notice:
    """Return a notice that this person wrote and may still send, locked."""
    notice = broadcast.to_send(uow, me, number)
    if notice.by != me.person:
        raise not_allowed()
    return notice


def _preview(uow: UnitOfWork, me: Speaker, number: int) -> None:
    notice = notices.get(uow.conn, number)
    if notice is None:
        return
    scope = scope_of(uow, notice.place)
    found = meant(uow, scope, Audience.stored(notice.audience))
    if not found.people or not cards.is_in_force(uow, notice):
        # What reaches nobody cannot be confirmed.
        notices.change(uow.conn, number, state=DRAFT)
        send(uow, me, cards.empty(uow, notice, scope, found))
        return
    shown = _digest(notice, found)
    notices.change(uow.conn, number, digest=shown)
    uow.note("notice-previewed", f"notice/{number}", people=len(found.people))
    # First exactly what they will read, then whom it reaches.
    send(uow, me, replace(cards.letter(uow, notice, None), taps=()))
    send(uow, me, cards.preview(uow, notice, scope, found, shown))


def _digest(notice: Notice, found: Meant) -> str:
    people = sorted(recipient.person for recipient in found.people if recipient.person is not None)
    return digest(notice.text, notice.files, notice.audience, notice.until.isoformat(), notice.form, people)


def _brief(uow: UnitOfWork, scope: Scope, number: int | None) -> NoticeBrief:
    pack, today = uow.pack, uow.now.date()
    rows = duties.progress(uow.conn, district=None if scope.is_city else scope.place, now=uow.now)
    owed = [
        row
        for row in rows
        # Duties by event are one enterprise's each.
        if row.answered < row.total and "/" not in row.period and pack.obligation(row.obligation).subject != "district"
    ]
    owed.sort(key=lambda row: (row.due is None, row.due, row.obligation))
    districts = pack.districts if scope.is_city else ()
    return NoticeBrief(
        notice=number,
        place=scope.place,
        districts=tuple(Condition(district.name, Words(district.name)) for district in districts),
        sectors=tuple(Condition(sector.id, sector.name) for sector in pack.sectors),
        tags=tuple(Condition(tag.id, tag.name) for tag in pack.tags),
        unanswered=tuple(
            Condition(f"{row.obligation}|{row.period}", title_of(pack.obligation(row.obligation), row.period))
            for row in owed[:OFFERED]
        ),
        roles=(*ROLES, STAFF) if scope.is_city else ROLES,
        forms=tuple(Condition(form.form, form.title) for form in pack.notices),
        first=today,
        usual=_usual(uow, today),
        latest=today + LATEST,
    )


def _usual(uow: UnitOfWork, today: date) -> date:
    """Return the end of the campaign's phase, or of 30 days."""
    ends = (phase.last for phase in uow.pack.phase_periods if phase.first <= today <= phase.last - SHORTEST)
    return next(ends, today + USUAL)
