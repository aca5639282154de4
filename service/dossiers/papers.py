"""The papers of an enterprise: the form of the first round that is signed, and the inspection file (迎检资料)."""

from dataclasses import dataclass
from typing import ClassVar

from campaign.identity import normalise_code
from campaign.roles import OFFICER, PRINCIPAL
from service.checks import history
from service.checks.actions import MADE
from service.core import papers, whose
from service.core.letters import answer
from service.core.papers import Paper
from service.core.permissions import Act, Permission, enterprises_of, needed, shows
from service.core.unit_of_work import Speaker, UnitOfWork
from service.dossiers import actions, inspection_file
from service.dossiers.inspection_file import Dossier
from storage import people, registry, workers
from storage.files import FileStore
from talk.texts import Say


@dataclass(frozen=True, slots=True)
class FirstRoundPaper(Paper[Dossier]):
    """《自查自改情况报告及主要负责人承诺书》 to be signed, and what goes into the city's platform."""

    kind: ClassVar[str] = "first-round"
    enterprise: str

    @property
    def subject(self) -> str:
        return f"enterprise/{self.enterprise}"

    def permission(self, uow: UnitOfWork, person: int) -> Permission:
        del person
        return needed(registry.enterprise(uow.conn, self.enterprise), Act.INSPECTION_FILE)

    def gather(self, uow: UnitOfWork) -> Dossier:
        return inspection_file.gather(uow, self.enterprise)

    def people(self, uow: UnitOfWork, facts: Dossier) -> int:
        return len(people.holders(uow.conn, PRINCIPAL, self.enterprise))


@dataclass(frozen=True, slots=True)
class InspectionFile:
    """A dossier, and where its photos are kept."""

    dossier: Dossier
    file_store: FileStore


@dataclass(frozen=True, slots=True)
class InspectionFilePaper(Paper[InspectionFile]):
    """迎检资料: everything that an enterprise answered, as one file."""

    kind: ClassVar[str] = "inspection-file"
    enterprise: str

    @property
    def subject(self) -> str:
        return f"enterprise/{self.enterprise}"

    def permission(self, uow: UnitOfWork, person: int) -> Permission:
        del person
        return needed(registry.enterprise(uow.conn, self.enterprise), Act.INSPECTION_FILE)

    def gather(self, uow: UnitOfWork) -> InspectionFile:
        return InspectionFile(inspection_file.gather(uow, self.enterprise), uow.context.file_store)

    def people(self, uow: UnitOfWork, facts: InspectionFile) -> int:
        posts = [person for role in (PRINCIPAL, OFFICER) for person in people.holders(uow.conn, role, self.enterprise)]
        return len(posts) + len(workers.find(uow.conn, self.enterprise))


def ask_for_file(uow: UnitOfWork, me: Speaker, code: str) -> None:
    """Order the inspection file of one's enterprise; who serves several and names none chooses one of them. Staff name
    an enterprise of their district, the city any.
    """
    named = registry.enterprise(uow.conn, normalise_code(code)) if code else None
    wanted = enterprises_of(uow, me.person, Act.INSPECTION_FILE) if named is None else [named]
    if code and (named is None or not shows(uow, me.person, Act.INSPECTION_FILE, named)):
        answer(uow, me, Say("file-not-there"))
    elif not wanted:
        answer(uow, me, Say("file-nothing"))
    elif len(wanted) > 1:
        names = whose.labels(uow, me.person, (enterprise.code for enterprise in wanted))
        taps = [actions.FILE.tap(name, code) for code, name in names.items()]
        answer(uow, me, Say("file-which"), taps=taps)
    else:
        paper = InspectionFilePaper(((me.person, Say("file-ready", at=uow.now)),), wanted[0].code)
        number = history.number_of(uow, wanted[0].code)
        made = [MADE.tap(Say("option-checks-of"), wanted[0].code, 1)] if number else []
        meanwhile = Say("file-making-checks", checks=number) if number else Say("file-making")
        papers.order(uow, me, paper, meanwhile, taps=made)
