"""Rendering, and the locale files held against each other, against the code and against our typography."""

import ast
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor
from jinja2 import Environment, nodes

from talk.texts import (
    CHINESE,
    ENGLISH,
    LANGUAGES,
    LONG,
    Arg,
    DayAndWeekday,
    FullDay,
    Listed,
    MissingTextError,
    Numbered,
    Say,
    Words,
    known_ids,
    render,
    show,
    years_go_without_saying,
)

ROOT = Path(__file__).parents[2]
LOCALES = ROOT / "talk" / "locales"
PACKAGES = ("talk", "campaign", "service", "storage", "scheduler", "reports", "bot")
TEMPLATES = {".html", ".jinja", ".j2"}

HAN = "\u3400-\u4dbf\u4e00-\u9fff"
HOLE = "\ufffc"
"""Stands for a value in a message."""
HALF_WIDTH = re.compile(rf'[{HAN}”）】》]\s*[,;:?!](?![A-Za-z0-9])|{HOLE}\s*[,;:?!]\s*[{HAN}]|[{HAN}]"|"[{HAN}]')
EMOJI = re.compile("[\u231a-\u23ff\u2600-\u2712\u2714-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]\ufe0f?")
"""The blocks that hold emoji, but for the plain check mark of a picked option."""
ALLOWED_EMOJI = {"⏰", "⚠️", "✅"}
PLURALS = (
    *("are", "have", "wait", "days", "duties", "enterprises", "files", "hazards", "people", "records", "rows", "steps"),
    *("tasks", "things", "codes", "roles"),
)
DAILY = {"chief", "coverage", "duties", "files", "hazards", "owes", "roles", "staff"}
"""The locale files of what people are told day by day, with numbers in it."""
BUTTON = re.compile("option-")
BUTTON_LIMIT = 7


# Rendering


@pytest.mark.parametrize(
    ("arg", "chinese", "english"),
    [
        ("郑演丙 {x}", "郑演丙 {x}", "郑演丙 {x}"),
        (Words("冶金", "metallurgy"), "冶金", "metallurgy"),
        (Words("冶金"), "冶金", "冶金"),
        (1_234_567, "1234567", "1234567"),
        (date(2023, 6, 5), "6月5日", "5 June"),
        (FullDay(date(2023, 6, 5)), "2023年6月5日", "5 June 2023"),
        (date(2019, 3, 1), "2019年3月1日", "1 March 2019"),
        (FullDay(date(2019, 3, 1)), "2019年3月1日", "1 March 2019"),
        (DayAndWeekday(date(2019, 3, 1)), "2019年3月1日（周五）", "Fri 1 March 2019"),
        (datetime(2024, 1, 5, 8, tzinfo=ZoneInfo("Asia/Shanghai")), "2024年1月5日 08:00", "5 January 2024 08:00"),
        (DayAndWeekday(date(2023, 6, 30)), "6月30日（周五）", "Fri 30 June"),
        (datetime(2023, 6, 5, 14, 30, tzinfo=ZoneInfo("Asia/Shanghai")), "6月5日 14:30", "5 June 14:30"),
        (Listed(("甲", Words("乙", "B"))), "甲、乙", "甲, B"),
        (Listed(()), "", ""),
        (Numbered(("甲", Words("乙", "B"))), "1. 甲\n2. 乙", "1. 甲\n2. B"),
        (Say("option-yes"), "是", "Yes"),
    ],
)
def test_each_kind_of_argument_is_shown_in_both_languages(arg: Arg, chinese: str, english: str) -> None:
    assert show(arg, CHINESE) == chinese
    assert show(arg, ENGLISH) == english


def test_in_a_campaign_of_more_than_one_year_no_year_goes_without_saying() -> None:
    years_go_without_saying(2023, 2024)
    assert [show(date(year, 1, 5), CHINESE) for year in (2022, 2023, 2024, 2025)] == [
        "2022年1月5日", "2023年1月5日", "2024年1月5日", "2025年1月5日",
    ]  # fmt: skip


def test_no_other_place_writes_a_day_for_people() -> None:
    apart = re.compile(r"\}月\{|%m月|:%B|(?<!%Y-)%m-%d")
    written = {
        f"{path.relative_to(ROOT)}: {found[0]}"
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        for found in apart.finditer(path.read_text(encoding="utf-8"))
    }
    # A month alone; how a cell of a workbook is read; a narrow column of a permit, which says its year above.
    apart_from_it = {"campaign/periods.py: :%B", "service/imports/workbook.py: }月{", "reports/permit.py: %m-%d"}
    assert written - apart_from_it == {"talk/texts.py: }月{", "talk/texts.py: :%B"}


def test_a_sentence_holds_other_phrases_and_no_invisible_marks() -> None:
    inner = Say("summary-line", label=Say("option-yes"), value=Listed(("甲", 'a"b{c}')))
    assert render(Say("summary-line", label="一", value=inner), CHINESE) == '一：是：甲、a"b{c}'
    assert render(Say("summary-line", label="一", value=inner), ENGLISH) == '一: Yes: 甲, a"b{c}'


@pytest.mark.parametrize("number", [LONG, 5_000])
def test_a_value_may_be_as_long_as_it_likes_and_several_may(number: int) -> None:
    names, notes = Listed(("名",) * number), "记" * (LONG + 1)
    shown = "、".join("名" * number)
    assert render(Say("summary-line", label=names, value=notes), CHINESE) == f"{shown}：{notes}"
    within = Say("summary-line", label="一", value=Say("summary-line", label=notes, value=names))
    assert render(within, CHINESE) == f"一：{notes}：{shown}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_without_text_or_without_its_argument_is_refused(language: str) -> None:
    with pytest.raises(MissingTextError):
        render(Say("no-such-sentence"), language)
    with pytest.raises(MissingTextError):
        render(Say("summary-line", label="一"), language)


# The locale files


@dataclass
class Gathered(Visitor):
    """What a message names and what it reads like."""

    variables: set[str] = field(default_factory=set)
    references: set[str] = field(default_factory=set)
    patterns: list[str] = field(default_factory=list)
    variants: list[tuple[str, str | int]] = field(default_factory=list)
    """Variable and value that choose a variant which is not the default."""

    def visit_Pattern(self, node: ftl.Pattern) -> None:  # noqa: N802  # Fluent's visitor names it
        self.patterns.append("".join(map(_flat, node.elements)))
        self.generic_visit(node)

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802
        self.variables.add(node.id.name)

    def visit_MessageReference(self, node: ftl.MessageReference) -> None:  # noqa: N802
        self.references.add(node.id.name)

    def visit_SelectExpression(self, node: ftl.SelectExpression) -> None:  # noqa: N802
        assert isinstance(node.selector, ftl.VariableReference), "a variant is chosen by a variable"
        for variant in node.variants:
            key = variant.key
            if not variant.default:
                value = int(key.value) if isinstance(key, ftl.NumberLiteral) else key.name
                self.variants.append((node.selector.id.name, 1 if value == "one" else value))
        self.generic_visit(node)


def _flat(element: ftl.TextElement | ftl.Placeable) -> str:
    if isinstance(element, ftl.TextElement):
        return element.value
    return element.expression.value if isinstance(element.expression, ftl.StringLiteral) else HOLE


@cache
def _locale(language: str) -> Mapping[str, tuple[str, Gathered]]:
    """The messages of a language by id, each with the file that it stands in."""
    found: dict[str, tuple[str, Gathered]] = {}
    for file in sorted((LOCALES / language).glob("*.ftl")):
        for entry in FluentParser().parse(file.read_text(encoding="utf-8")).body:
            assert not isinstance(entry, ftl.Junk), f"{file}: not Fluent: {entry.content}"
            if isinstance(entry, ftl.Message):
                assert entry.id.name not in found, f"{file}: {entry.id.name} stands in the locale twice"
                gathered = Gathered()
                gathered.visit(entry)
                found[entry.id.name] = (file.name, gathered)
    return found


def test_the_locales_hold_the_same_messages_in_the_same_files() -> None:
    chinese, english = ({name: file for name, (file, _) in _locale(language).items()} for language in LANGUAGES)
    assert chinese == english


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_file_is_loaded(language: str) -> None:
    assert set(known_ids(language)) == set(_locale(language))


def test_a_message_takes_the_same_values_in_both_languages() -> None:
    english = _locale(ENGLISH)
    unlike = {
        name: (message.variables, english[name][1].variables)
        for name, (_, message) in _locale(CHINESE).items()
        if name in english and message.variables != english[name][1].variables
    }
    assert not unlike


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_renders_and_every_variant_is_reached(language: str) -> None:
    unreached = []
    for name, (_, message) in _locale(language).items():
        values: dict[str, Arg] = {variable: f"<{variable}>" for variable in message.variables}
        usual = render(Say(name, **values), language)
        assert usual.strip(), name
        for variable, value in message.variants:
            chosen = render(Say(name, **values | {variable: value}), language)
            if chosen == usual.replace(f"<{variable}>", str(value)):
                unreached.append(f"{name}: {variable} = {value}")
    assert not unreached


def test_one_of_a_thing_is_not_several_in_english() -> None:
    several = re.compile(rf"(?<!of )\b1 (?:(?!of )[a-z]+ ){{0,2}}?(?:{'|'.join(PLURALS)})\b")
    # Of several only: where one has a like name, it is taken.
    apart = {"which-several"}
    wrong = {}
    for name, (file, message) in _locale(ENGLISH).items():
        if file.removesuffix(".ftl") in DAILY and name not in apart:
            said = render(Say(name, **dict.fromkeys(message.variables, 1)), ENGLISH)
            if several.search(said):
                wrong[name] = said
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_three_emoji_are_used_and_one_in_a_message(language: str) -> None:
    for name, (_, message) in _locale(language).items():
        for pattern in message.patterns:
            used = EMOJI.findall(pattern)
            # ⛔ (stop and leave at once) belongs to hot work alone.
            allowed = ALLOWED_EMOJI | ({"⛔"} if name.startswith("permit-") or name == "verify-gas" else set())
            assert set(used) <= allowed, f"{name}: {used}"
            assert len(used) <= 1, f"{name}: {used}"


def test_chinese_is_set_in_full_width_punctuation() -> None:
    wrong = {
        name: pattern
        for name, (_, message) in _locale(CHINESE).items()
        for pattern in message.patterns
        if HALF_WIDTH.search(pattern)
    }
    assert not wrong


def test_a_chinese_button_is_short() -> None:
    long = {
        name: pattern
        for name, (_, message) in _locale(CHINESE).items()
        for pattern in message.patterns
        if BUTTON.match(name) and len(pattern.replace(HOLE, "")) > BUTTON_LIMIT
    }
    assert not long


# The locale files against the code


@dataclass(frozen=True)
class Use:
    """A place that says something: the ids it may name, its arguments, and whether more may come (**more)."""

    where: str
    ids: tuple[str, ...]
    given: frozenset[str]
    more: bool


class Sayings(ast.NodeVisitor):
    """The uses of Say("id", …) in one file of Python; a function with a `message_id` passes an id on."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.uses: list[Use] = []
        self.unclear: list[str] = []
        self.passing: list[bool] = []

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self.passing.append(any(argument.arg == "message_id" for argument in node.args.args))
        self.generic_visit(node)
        self.passing.pop()

    def visit_Call(self, node: ast.Call) -> None:
        self.generic_visit(node)
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called != "Say":
            return
        where = f"{self.file.relative_to(ROOT)}:{node.lineno}"
        ids = _literals(node.args[0]) if len(node.args) == 1 else None
        if ids is None:
            if not any(self.passing):
                self.unclear.append(where)
            return
        names = frozenset(keyword.arg for keyword in node.keywords if keyword.arg)
        self.uses.append(Use(where, ids, names, any(keyword.arg is None for keyword in node.keywords)))


def _literals(node: ast.expr) -> tuple[str, ...] | None:
    """The ids that an expression may give: a literal, or one of two by a condition."""
    match node:
        case ast.Constant(value=str(text)):
            return (text,)
        case ast.IfExp(body=body, orelse=orelse):
            first, second = _literals(body), _literals(orelse)
            return None if first is None or second is None else first + second
        case _:
            return None


def _template_literals(node: nodes.Expr | None) -> tuple[str, ...] | None:
    match node:
        case nodes.Const(value=str(text)):
            return (text,)
        case nodes.CondExpr(expr1=body, expr2=orelse):
            first, second = _template_literals(body), _template_literals(orelse)
            return None if first is None or second is None else first + second
        case _:
            return None


def _sources(suffixes: set[str]) -> Iterator[Path]:
    for package in PACKAGES:
        yield from (file for file in sorted((ROOT / package).rglob("*")) if file.suffix in suffixes)


@cache
def _said() -> tuple[tuple[Use, ...], tuple[str, ...]]:
    """Every use of a message in code and templates, and the places whose id only a run would tell."""
    uses: list[Use] = []
    unclear: list[str] = []
    for file in _sources({".py"}):
        sayings = Sayings(file)
        sayings.visit(ast.parse(file.read_text(encoding="utf-8")))
        uses += sayings.uses
        unclear += sayings.unclear
    for file in _sources(TEMPLATES):
        for call in Environment(autoescape=True).parse(file.read_text(encoding="utf-8")).find_all(nodes.Call):
            if not (isinstance(call.node, nodes.Name) and call.node.name == "say"):
                continue
            where = f"{file.relative_to(ROOT)}:{call.lineno}"
            ids = _template_literals(call.args[0]) if len(call.args) == 1 else None
            if ids is None:
                unclear.append(where)
                continue
            names = frozenset(keyword.key for keyword in call.kwargs)
            uses.append(Use(where, ids, names, more=call.dyn_kwargs is not None))
    return tuple(uses), tuple(unclear)


def test_an_id_is_always_written_out() -> None:
    """A message chosen at run time comes from a mapping of whole Say values, not from an id put together."""
    assert _said()[1] == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_that_is_said_exists(language: str) -> None:
    missing = {f"{use.where}: {name}" for use in _said()[0] for name in use.ids if name not in _locale(language)}
    assert not missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_used(language: str) -> None:
    said = Counter(name for use in _said()[0] for name in use.ids)
    said.update(name for _, message in _locale(language).values() for name in message.references)
    assert sorted(set(_locale(language)) - set(said)) == []


def test_a_message_is_given_the_values_that_it_shows() -> None:
    wrong = []
    for use in _said()[0]:
        shown = [_locale(CHINESE)[name][1].variables for name in use.ids if name in _locale(CHINESE)]
        missing = set().union(*shown) - use.given
        if missing and not use.more:
            wrong.append(f"{use.where}: {use.ids} without {sorted(missing)}")
        if shown and (unused := use.given - set().union(*shown)):
            wrong.append(f"{use.where}: {use.ids} shows no {sorted(unused)}")
    assert wrong == []
