"""Who is meant: unified social credit codes (GB 32100-2015), and names as people type them."""

import re
from enum import StrEnum

from talk.cleaning import likeness, unified

CODE_LENGTH = 18

_CODE_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ON_LICENCES = re.compile(r"[0-9A-Z]{18}|[0-9]{15}", re.ASCII)
_WEIGHTS = tuple(pow(3, place, 31) for place in range(CODE_LENGTH - 1))
_CHINESE = "[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]"
_SPACE_INSIDE_CHINESE = re.compile(rf"(?<={_CHINESE}) | (?={_CHINESE})")
_SELF = re.compile(r"(?:(?:是|对|没错)的?[,，。.!！ ]{0,3})?(?:我就?是|我叫|本人是?|我)?[:： ]{0,3}")
_FULL_WIDTH_BRACKETS = str.maketrans("()", "（）")


class CodeFault(StrEnum):
    """What is wrong with a code, the coarsest fault first."""

    LENGTH = "length"
    CHARACTER = "character"
    CHECK = "check"


def normalise_code(text: str) -> str:
    """A code as it is stored: half-width capitals and digits without any space, dash or invisible mark."""
    return likeness(text).replace("-", "").upper()


def code_fault(code: str) -> CodeFault | None:
    """What is wrong with a normalised code; None when it is sound."""
    if len(code) != CODE_LENGTH:
        return CodeFault.LENGTH
    if any(character not in _CODE_CHARACTERS for character in code):
        return CodeFault.CHARACTER
    return None if check_character(code[:-1]) == code[-1] else CodeFault.CHECK


def may_be_on_a_licence(code: str) -> bool:
    """Whether a normalised code can stand on a business licence, whatever the standard says of it: codes with a check
    character of their own were issued before 2016, and 15 digits are a registration number of before 2015.
    """
    return _ON_LICENCES.fullmatch(code) is not None


def check_character(body: str) -> str:
    """The 18th character that belongs to the first 17; ValueError for a character that no code has."""
    total = sum(weight * _CODE_CHARACTERS.index(sign) for weight, sign in zip(_WEIGHTS, body, strict=True))
    return _CODE_CHARACTERS[-total % 31]


def unify_text(text: str) -> str:
    """A name as it is stored: half-width letters and digits, no stray spaces, 全角 brackets in Chinese."""
    spaced = " ".join(unified(text).split())
    if not re.search(_CHINESE, spaced):
        return spaced
    return _SPACE_INSIDE_CHINESE.sub("", spaced.translate(_FULL_WIDTH_BRACKETS))


def says_name(text: str, name: str) -> bool:
    """Whether a text says that whoever wrote it is called so: the name alone, 我是…, 是的，我叫…."""
    said = _SELF.match(text)
    return likeness(name) in {likeness(text), likeness(text[said.end() :].rstrip("。.!！ ")) if said else ""}
