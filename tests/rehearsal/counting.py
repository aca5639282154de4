"""The same figures by other ways: what people confirmed and saw, and the steps of the ledger told anew."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from statistics import median

from tests.recount import GONE, stands
from tests.rehearsal import reading
from tests.rehearsal.annex_table import count_filings
from tests.rehearsal.hazard_life import Life, lives
from tests.rehearsal.owed import Owed, at, is_owed, owed, turns, was_asked
from tests.rehearsal.people import Person
from tests.rehearsal.permit_table import count_permits
from tests.rehearsal.stage import LOOKS, Stage
from tests.rehearsal.table import WEEKLY, Found, Ledger, Line, Table


def count(stage: Stage) -> Table:
    """The same table by other ways."""
    duties_, pack, known = owed(stage), stage.app.context.pack, lives(stage)
    assert not [line for duty in duties_.values() for line in duty.story.odd]
    opened: Counter[str] = Counter()
    answered: Counter[str] = Counter()
    late: Counter[str] = Counter()
    unmet: Counter[str] = Counter()
    owing: defaultdict[str, set[str]] = defaultdict(set)
    titles: dict[tuple[str, str], str] = {}
    bundles = {bundle.title.zh: bundle for bundle in pack.bundles}
    for duty in duties_.values():
        name, subject = duty.row.obligation, duty.row.subject
        titles |= {(subject, title): name for title in duty.titles}
        if duty.status == "withdrawn":
            continue
        opened[name] += 1
        owing[name].add(subject)
        for bundle in bundles.values():
            if name in {part.obligation for part in bundle.parts}:
                owing[bundle.id].add(subject)
        answered[name] += duty.story.first is not None
        late[name] += duty.late
        unmet[name] += duty.story.is_unmet
    titles |= {(person.subject, title): bundle.id for person in stage.people for title, bundle in bundles.items()}
    reminders = Counter(name for person in stage.people for name in _seen(person, titles))
    order = [*(one.id for one in pack.obligations if one.id in opened), *(bundle.id for bundle in pack.bundles)]
    lines = {name: Line(opened[name], answered[name], late[name], unmet[name], reminders[name]) for name in order}
    said = [call for call in stage.api.sends() if call.status == 200]
    return Table(
        lines,
        {name: len(owing[name]) for name in order},
        _ledger(stage, known, list(duties_.values())),
        count_permits(stage),
        count_filings(stage),
        len(said),
    )


def _seen(person: Person, titles: Mapping[tuple[str, str], str]) -> list[str]:
    # A list of which a part is due today stands twice in one message.
    return [titles[person.subject, title] for push in person.pushes for title in dict.fromkeys(push.titles)]


def _ledger(stage: Stage, known: Mapping[int, Life], duties_: Sequence[Owed]) -> Ledger:
    told = list(_told(stage))
    own = {number for number, what in told if what.startswith("企业报告了这处")}
    closed = [one for one in known.values() if one.stands == "closed"]
    # One that was given back is owed again, and taken back where all was closed since.
    weekly = [duty for duty in duties_ if duty.row.obligation == WEEKLY and duty.story.status == "answered"]
    handed_in = {(duty.row.subject, duty.row.period) for duty in weekly}
    owed, withdrawn = _weeks(stage, known, handed_in)
    assert {number for number, what in told if what.startswith("部门检查发现这处")} == known.keys() - own
    return Ledger(
        enterprises=_found([known[number] for number in own], ("evaluated", "passed", "closed")),
        departments=_found([known[number] for number in known.keys() - own], ("passed", "closed")),
        moved=sum(what.startswith(("整改期限调整为", "同意延期")) for _, what in told),
        failed=sum(what.startswith("复查不通过") for _, what in told),
        looked_back=sum(what.startswith("回头看合格") for _, what in told),
        reopened=sum(what.startswith("重新打开") for _, what in told),
        owed=owed,
        answered=len(handed_in),
        withdrawn=withdrawn,
        days=round(median((one.closed - one.found) / timedelta(days=1) for one in closed if one.closed), 1)
        if closed
        else 0,
    )


def _told(stage: Stage) -> Iterator[tuple[int, str]]:
    """What people were told of hazards: of an enterprise the principal, of those who look after it whoever they are."""
    for person in stage.people:
        if person.role != "officer":
            for shown in person.chat.shown:
                told = reading.told_of(shown.text)
                if told is not None:
                    yield told


def _found(ones: Sequence[Life], rectified: tuple[str, ...]) -> Found:
    states = Counter(one.stands for one in ones)
    ended = states["closed"], states["left out"]
    return Found(len(ones), sum(states[one] for one in rectified), *ended, len(ones) - sum(ended))


def _weeks(stage: Stage, known: Mapping[int, Life], answered: set[tuple[str, str]]) -> tuple[int, int]:
    """The check-ins owed, and taken back: those of weeks in which all that was asked about was closed unanswered, and
    those of enterprises that are gone.
    """
    first, last = stage.days
    gone = turns(stage)
    owed = withdrawn = 0
    monday = first - timedelta(days=first.weekday() + 7)
    by_enterprise: defaultdict[str, list[Life]] = defaultdict(list)
    for life in known.values():
        by_enterprise[life.enterprise].append(life)
    while monday <= last:
        period = f"{monday.isocalendar().year}-W{monday.isocalendar().week:02}"
        for enterprise, ones in by_enterprise.items():
            spans = [span for one in ones for span in one.asked]
            at_home = stands(gone, enterprise, last, last) not in GONE
            # Who found it after the last tick was not asked yet.
            known_then = [span for span in spans if span[0] <= at(last, LOOKS[0])]
            if (at_home and any(is_owed(span, monday) for span in known_then)) or (enterprise, period) in answered:
                owed += 1
            else:
                withdrawn += any(was_asked(span, monday, last) for span in spans)
        monday += timedelta(days=7)
    return owed, withdrawn
