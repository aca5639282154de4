"""What people really type, read without a clock and without an exception: None is "not understood".

Where a reading is in doubt the answer is None, since a hint costs a person less than a wrong record.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from talk.cleaning import clean, compact, likeness, simplified
from talk.days import day, moment
from talk.numbers import amount, count, whole

__all__ = ["amount", "clean", "count", "day", "labelled", "moment", "ordinal", "pick", "picks", "yes_no"]

Labelled = Sequence[tuple[str, Sequence[str]]]
"""Options in the order shown: the id of each, and the labels that may be typed for it."""
_Keyed = Sequence[tuple[str, Sequence[str]]]
"""The same, with id and labels as they are compared."""

LONGEST = 200
"""No yes, no or option is written with more characters."""

_DONE = "(?:调度|开展|召开|开会|开|做|办|完成|检查|排查|整改|组织|进行|安排|落实|参加|培训|学习|发现|填报?|报)"
_YES = re.compile(
    "(?:是|对|有|好|嗯|行){1,3}[的呀啊]?|好了|行了|可以的?|没错|没问题|确认|确定|同意|已经?有?"
    f"|(?:已经?|都)?{_DONE}[过完好]*了|已经?{_DONE}[过完]?的?|{_DONE}过的?"
    "|[√✓✔☑✅👌👍][\U0001f3fb-\U0001f3ff]?|yes|y|yeah|yep|ok|okay|sure|true|right|confirm|confirmed|done"
)
_NO = re.compile(
    "(?:没|没有|还没|还没有|并没有|暂时没有|尚未|暂无|未|无|否|不|不是|不对|不行|不可以|不同意)[的呢呀啊]?"
    f"|(?:没|没有|还没|还没有|尚未|还未|未){_DONE}[过完好]?的?"
    "|[×✗✘❌]|no|n|nope|not yet|none|false"
)
_BREAK = re.compile(r"[\s,，。.!！~;；、]+")

_EDGE = re.compile(r"^[^\w?+-]{1,9}|[^\w?+-]{1,9}$")
_KEYCAP = "\u20e3"
_LEAD = re.compile("我?们?(?:选择?|就?是|要)(?![不没否])")
_TRAIL = re.compile("(?:[的了]|形式|方式)$")
_NUMBER = re.compile(
    "(?:no[.]? ?)?(?P<number>[0-9]{1,3}|[一二三四五六七八九十]{1,3})|第(?P<ordinal>.{1,3}?)[个项条种家号]?"
)
_NUMBERED = re.compile(r"([0-9]{1,2})[.、):, ]*([^0-9.、):, ].*)")
_NEGATION = re.compile(r"[不没未无非否别勿]|\b(?:no|not|none|never|without)\b")

_ALL = {"全部", "全选", "都选", "都有", "以上都有", "all"}
_DIGIT_RUN = re.compile(r"[1-9](?:[./。]?[1-9])+")
"""Numbers typed without a mark, or with one that parts no others: 13, 1.3, 1/3."""
_PIECE = re.compile(r"(?:(?<=[0-9])[,，](?=[0-9]{3}(?![0-9]))|[^、，,；;\n])+")
"""What lies between separators; the comma of 1,200 is none."""
_AND = re.compile(r"和|及|与|跟|以及|\+|&|\band\b|\s+")
_MEASURED = "个位名人台套件次份家处项条张把组批天年月日期号元万"
_NUMBER_FIRST = re.compile(
    r"\s*(?P<number>[0-9０-９]{1,2}|[①-⑳])"
    rf"(?:\s*[、,，;；]\s*(?![0-9]{{3}})|\s+(?![{_MEASURED}]))(?=\S)"
)
_ENUMERATED = re.compile(r"\s*(?:[(（]?[0-9０-９]{1,2}[)）.．、:：]+\s*[^\s0-9０-９]|[⑴-⒇①-⑳]\s*[^\s①-⑳、，,;；])")


def yes_no(text: str) -> bool | None:
    """True for 是, 有, 已开展, yes; False for 否, 没有, 还没开, no; None for all else, as 不是没有 or 对吗？.

    Several parts (是的，已调度) must agree. Numbers are none: they belong to `pick`.
    """
    if len(text) > LONGEST:
        return None
    said = simplified(clean(text)).lower().strip(" .。!！~")
    parts = [said] if _NO.fullmatch(said) else [part for part in _BREAK.split(said) if part]
    meant = {True if _YES.fullmatch(part) else False if _NO.fullmatch(part) else None for part in parts}
    return meant.pop() if len(meant) == 1 else None


def pick(text: str, options: Labelled) -> str | None:
    """The id of the one option that a text names; None where it names none, or several.

    Taken are an id, a label, a number (2, ②, 第二个, 2.现场), a label between plain words (我选现场), and the
    beginning or another piece of one label only. What a piece leaves out must not turn it round: 调度 is
    not 未调度.
    """
    return _pick(text, _keyed(options))


def labelled(text: str, options: Labelled) -> str | None:
    """The id of the one option whose label a text is, whatever its width, case, spaces, and marks or emoji around it;
    None: it is none's, or several options have it.
    """
    return _named(_key(text), [(id_, [_key(label) for label in labels]) for id_, labels in options])


def ordinal(text: str) -> int | None:
    """The place in a list that a text consists of: 2, ②, 二, 第2个, 选2, #2; None for all else."""
    for form in _forms(_key(text)):
        number = _NUMBER.fullmatch(form)
        place = whole(number["number"] or number["ordinal"]) if number else None
        if place:
            return place
    return None


def picks(text: str, options: Labelled) -> tuple[tuple[str, ...], str]:
    """The ids that a text names, in its order, and its rest: what names no option, as it was written.

    Beside words of one's own only whole labels and numbers at the beginning count (1,3 更换风机); a list
    that is numbered itself (1、更换风机) is the person's own text.
    """
    keyed = _keyed(options)
    picked = _pick(text, keyed)
    if picked is not None:
        return (picked,), ""
    said = _key(text)
    if said in _ALL:
        return tuple(id_ for id_, _ in options), ""
    digits = re.sub("[^1-9]", "", said) if _DIGIT_RUN.fullmatch(said) else ""
    if digits and list(digits) == sorted(set(digits)) and int(digits[-1]) <= len(options):
        return tuple(options[int(digit) - 1][0] for digit in digits), ""
    lines = [line for line in text.splitlines() if clean(line)]
    if any(_ENUMERATED.match(line) for line in lines):
        return _whole(lines, keyed) or ((), text.strip())
    return _whole(_PIECE.findall(text), keyed) or _mixed(text, keyed)


def _whole(pieces: Sequence[str], options: _Keyed) -> tuple[tuple[str, ...], str] | None:
    """The picks of a text that consists of options only."""
    found: list[str] = []
    for piece in filter(clean, pieces):
        named = _each(piece, lambda part: _pick(part, options))
        if not named:
            return None
        found += named
    return (tuple(dict.fromkeys(found)), "") if found else None


def _mixed(text: str, options: _Keyed) -> tuple[tuple[str, ...], str]:
    """The picks of a text that holds words of one's own too."""
    found: list[str] = []
    start = 0
    while first := _NUMBER_FIRST.match(text, start):
        numbered = _numbered(_key(first["number"]), options)
        if numbered is None:
            break
        found.append(numbered)
        start = first.end()
    own: list[tuple[int, int]] = []
    follows = False
    for piece in _PIECE.finditer(text, start):
        named = _each(piece[0], lambda part: _named(_key(part), options)) if clean(piece[0]) else []
        found += named
        if not named:
            own.append((own.pop()[0] if follows else piece.start(), piece.end()))
        follows = not named
    rest = "；".join(text[begin:end].strip() for begin, end in own)
    return tuple(dict.fromkeys(found)), rest if clean(rest).strip("、,;。. ") else ""


def _each(piece: str, read: Callable[[str], str | None]) -> list[str]:
    """The id of a piece, or of each part that an "and" joins; empty when one part has none."""
    whole_piece = read(piece)
    if whole_piece is not None:
        return [whole_piece]
    named = [read(part) for part in _AND.split(piece) if clean(part)]
    return [id_ for id_ in named if id_ is not None] if len(named) > 1 and None not in named else []


def _key(text: str) -> str:
    """The text as options are compared: without spaces (but in English), marks at its ends and width."""
    if len(text) > LONGEST:
        return ""
    said = clean(text).lower().replace(_KEYCAP, "")
    return _EDGE.sub("", said if said.isascii() else compact(said)).replace("其它", "其他")


def _keyed(options: Labelled) -> _Keyed:
    return [(id_, [_key(id_), *map(_key, labels)]) for id_, labels in options]


def _pick(text: str, options: _Keyed) -> str | None:
    said = _key(text)
    return (_exactly(said, options) or _partly(said, options)) if said else None


def _exactly(said: str, options: _Keyed) -> str | None:
    for form in _forms(said):
        found = _named(form, options) or _numbered(form, options)
        if found is not None:
            return found
    both = _NUMBERED.fullmatch(said)
    if both is None:
        return None
    found = _numbered(both[1], options)
    return found if found is not None and found == _named(both[2], options) else None


def _forms(said: str) -> Iterator[str]:
    """The text itself, then without plain words around it: 我选现场的."""
    yield said
    lead = _LEAD.match(said)
    without_lead = said[lead.end() :] if lead else said
    yield _TRAIL.sub("", said)
    yield without_lead
    yield _TRAIL.sub("", without_lead)


def _named(said: str, options: _Keyed) -> str | None:
    like = likeness(said)
    found = {id_ for id_, names in options if like and (said in names or like in map(likeness, names))}
    return found.pop() if len(found) == 1 else None


def _numbered(said: str, options: _Keyed) -> str | None:
    number = _NUMBER.fullmatch(said)
    position = whole(number["number"] or number["ordinal"]) if number else None
    return options[position - 1][0] if position and position <= len(options) else None


def _partly(said: str, options: _Keyed) -> str | None:
    found = {id_ for id_, names in options if any(_is_piece(said, name) for name in names[1:])}
    return found.pop() if len(found) == 1 else None


def _is_piece(said: str, label: str) -> bool:
    """Whether a text is the beginning or a piece of a label, and the rest of it denies nothing."""
    if said.isascii():
        piece = re.search(rf"\b{re.escape(said)}\b", label) if len(said) > 1 and not said.isdigit() else None
        return piece is not None and not _NEGATION.search(label[: piece.start()] + " " + label[piece.end() :])
    at = label.find(said)
    if at < 0 or (at > 0 and len(said) == 1):
        return False
    return not _NEGATION.search(label[:at] + " " + label[at + len(said) :])
