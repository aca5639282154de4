"""The calendar of a pack for one enterprise or bureau: a workbook, and a file that calendars read (RFC 5545)."""

from datetime import datetime, timedelta

from icalendar import Calendar as File
from icalendar import Event

from campaign.pack import Pack
from campaign.pack_calendar import HEADINGS, Calendar, Entry, ground, line, owner
from reports.workbook import book
from talk.texts import CHINESE, Say, render

WIDTHS = (24, 24, 34, 14, 34, 60, 12, 40)


def xlsx(pack: Pack, calendar: Calendar, heading: Say) -> bytes:
    """Return the calendar as a workbook: what has a day, what has none, what is off."""
    columns = [(render(name, CHINESE), width) for name, width in zip(HEADINGS, WIDTHS, strict=True)]

    def rows(entries: tuple[Entry, ...]) -> list[list[str]]:
        return [[render(cell, CHINESE) for cell in line(pack, entry)] for entry in entries]

    off = [
        [render(cell, CHINESE) for cell in (rule.title, owner(pack, rule), ground(pack, rule), rule.unsure or "")]
        for rule in calendar.off
    ]
    return book(
        ("说明", [("内容", 80)], [[render(heading, CHINESE)]]),
        ("有日期的", columns, rows(calendar.dated)),
        ("没有固定日期的", columns, rows(calendar.undated)),
        (
            "默认不启用的",
            [("事项", 34), ("责任人", 14), ("依据", 34), ("待核实", 60)],
            [[cell or "" for cell in row] for row in off],
        ),
    )


def ics(pack: Pack, calendar: Calendar, heading: Say, made: datetime) -> bytes:
    """Return what has a day as a file of all-day entries. Each keeps its identity, so that the file of a pack that was
    amended replaces the entries of the one before. `made` is aware.
    """
    file = File()
    file.add("prodid", "-//anzhu//pack show//ZH")
    file.add("version", "2.0")
    file.add("name", render(heading, CHINESE))
    for entry in calendar.dated:
        if entry.due is None:
            continue
        event = Event()
        event.add("uid", f"{entry.obligation.id}/{entry.period}/{pack.name}@anzhu")
        event.add("dtstamp", made)
        event.add("dtstart", entry.due)
        event.add("dtend", entry.due + timedelta(days=1))
        event.add("summary", entry.title.zh)
        told = zip(HEADINGS, line(pack, entry), strict=True)
        texts = [(render(name, CHINESE), render(cell, CHINESE)) for name, cell in told]
        event.add("description", "\n".join(f"{name}：{text}" for name, text in texts if text))
        event.add("transp", "TRANSPARENT")
        file.add_component(event)
    return bytes(file.to_ical())
