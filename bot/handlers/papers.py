"""/file 迎检资料: everything answered as one file."""

from service import papers
from service.work import Speaker, Work


def file(work: Work, me: Speaker, argument: str) -> None:
    """/file, or the button of one of several enterprises."""
    papers.ask_for_file(work, me, argument)
