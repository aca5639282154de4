"""Files drawn for people: asked for here, drawn by `reports`, and sent."""

from collections.abc import Sequence
from datetime import timedelta

from service.core import access_log
from service.core.access_log import Access
from service.core.letters import Draft, answer, tell
from service.core.permissions import Act, enterprises_of
from service.core.unit_of_work import Paper, PaperKind, Speaker, UnitOfWork
from storage import invitations, outbox
from storage.files import FileStore
from talk.actions import Tap
from talk.messages import FileRef
from talk.texts import Say

FILE = "file"
AN_HOUR = 6
"""Drawn files that one person may have in an hour: each takes seconds to draw, and megabytes to keep."""


def ask_for_file(uow: UnitOfWork, me: Speaker, enterprise: str) -> None:
    """/file 迎检资料: of one's enterprise; who serves several says which."""
    own = enterprises_of(uow, me.person, Act.INSPECTION_FILE)
    wanted = [one for one in own if one.code == enterprise] if enterprise else own
    if not wanted:
        answer(uow, me, Say("file-nothing"))
    elif len(wanted) > 1:
        taps = [Tap(one.name, f"a:file:{one.code}") for one in wanted]
        answer(uow, me, Say("file-which"), taps=taps)
    elif too_many(uow, me):
        answer(uow, me, Say("file-pause"))
    else:
        uow.papers.append(
            Paper(PaperKind.INSPECTION_FILE, wanted[0].code, ((me.person, Say("file-ready", at=uow.now)),))
        )
        answer(uow, me, Say("file-making"))


def too_many(uow: UnitOfWork, me: Speaker) -> bool:
    """Whether somebody has had as many files as an hour gives; if not, this is one more."""
    address = me.identity.address
    if invitations.failed_tries(uow.conn, FILE, address, uow.wall - timedelta(hours=1)) >= AN_HOUR:
        return True
    invitations.add_try(uow.conn, FILE, address, uow.wall)
    return False


def send(uow: UnitOfWork, paper: Paper, files: Sequence[FileRef], people: int) -> None:
    """What was drawn goes to those for whom it was; `people`: of how many there is personal data on it."""
    file_store = FileStore(uow.context.files)
    for file in files:
        file_store.record(uow.conn, file, uow.wall)
    for person, line in paper.to:
        access_log.shown(uow, person, Access.PAPER, paper.subject, people=people, kind=str(paper.kind))
        _tell(uow, person, Draft((line,), files=tuple(files)))


def failed(uow: UnitOfWork, paper: Paper) -> None:
    """It could not be drawn: say so, rather than let people wait."""
    for person, _ in paper.to:
        _tell(uow, person, Draft((Say("papers-failed"),)))


def _tell(uow: UnitOfWork, person: int, draft: Draft) -> None:
    tell(uow, person, draft, kind="paper", dedupe=f"{uow.cause}/paper/{person}", priority=outbox.REPLY)
