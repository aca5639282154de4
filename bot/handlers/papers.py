"""/file 迎检资料: everything answered as one file."""

from service.core.unit_of_work import Speaker, UnitOfWork
from service.dossiers import papers


def file(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """/file, or the button of one of several enterprises."""
    papers.ask_for_file(uow, me, argument)
