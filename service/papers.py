"""Files drawn for people: asked for here, drawn by `reports`, and sent."""

from collections.abc import Sequence
from datetime import timedelta

from service import evidence
from service.evidence import Shown
from service.letters import Draft, Tap, answer, tell
from service.permissions import Act, enterprises_of
from service.work import Paper, PaperKind, Speaker, Work
from storage import invitations, outbox
from storage.files import Shelf
from talk.messages import FileRef
from talk.texts import Say

FILE = "file"
AN_HOUR = 6
"""Drawn files that one person may have in an hour: each takes seconds to draw, and megabytes to keep."""


def ask_for_file(work: Work, me: Speaker, enterprise: str) -> None:
    """/file 迎检资料: of one's enterprise; who serves several says which."""
    own = enterprises_of(work, me.person, Act.INSPECTION_FILE)
    wanted = [one for one in own if one.code == enterprise] if enterprise else own
    if not wanted:
        answer(work, me, Say("file-nothing"))
    elif len(wanted) > 1:
        taps = [Tap(one.name, f"a:file:{one.code}") for one in wanted]
        answer(work, me, Say("file-which"), taps=taps)
    elif too_many(work, me):
        answer(work, me, Say("file-pause"))
    else:
        work.papers.append(
            Paper(PaperKind.INSPECTION_FILE, wanted[0].code, ((me.person, Say("file-ready", at=work.now)),))
        )
        answer(work, me, Say("file-making"))


def too_many(work: Work, me: Speaker) -> bool:
    """Whether somebody has had as many files as an hour gives; if not, this is one more."""
    address = me.identity.address
    if invitations.failed_tries(work.conn, FILE, address, work.wall - timedelta(hours=1)) >= AN_HOUR:
        return True
    invitations.add_try(work.conn, FILE, address, work.wall)
    return False


def send(work: Work, paper: Paper, files: Sequence[FileRef], people: int) -> None:
    """What was drawn goes to those for whom it was; `people`: of how many there is personal data on it."""
    shelf = Shelf(work.house.files)
    for file in files:
        shelf.record(work.conn, file, work.wall)
    for person, line in paper.to:
        evidence.shown(work, person, Shown.PAPER, paper.subject, people=people, kind=str(paper.kind))
        _tell(work, person, Draft((line,), files=tuple(files)))


def failed(work: Work, paper: Paper) -> None:
    """It could not be drawn: say so, rather than let people wait."""
    for person, _ in paper.to:
        _tell(work, person, Draft((Say("papers-failed"),)))


def _tell(work: Work, person: int, draft: Draft) -> None:
    tell(work, person, draft, kind="paper", dedupe=f"{work.cause}/paper/{person}", priority=outbox.REPLY)
