"""What holds for every dialog, on every path through it."""

from typing import Any, get_args

import pytest

from bot.dialogs.written import DocumentNumber
from bot.subjects import TALKS
from campaign.hazards import Act
from service.talks.prompting import EDIT, OPEN, prompt_data
from talk.conversation import Finished, Remembered, StoredBrief, drive
from talk.messages import Button
from talk.outline import Path, outline, paths
from talk.questions import PRINCIPAL, Choices, Confirm, Hint, Question
from talk.texts import CHINESE, LANGUAGES, render
from tests.dialogs.hazard_briefs import DAYS, decision_brief, hazard, report_brief, weekly_brief
from tests.dialogs.permit_briefs import application_brief, gas_brief, usual
from tests.dialogs.talker import NOW, PACK, duty_brief, form_brief

BRIEFS: list[tuple[str, StoredBrief]] = [
    *((name, spec.sampled()) for name, spec in TALKS.items()),
    ("monthly-dispatch", duty_brief(delegated=True, previous={"form": "remote", "problems": "资金3万元"})),
    ("plain-report", duty_brief(due=None, presence={"zh": "有无外包外租？", "en": None})),
    ("hazard-report", report_brief()),
    ("hazard-report", report_brief(department=True, criteria=[])),
    ("hazard-update", {**DAYS, "hazard": hazard(state="done"), "may_evaluate": False}),
    ("hazard-update", {**DAYS, "hazard": hazard(deadline=None), "may_evaluate": True}),
    *(("hazard-decision", decision_brief(act)) for act in get_args(Act)),
    ("weekly-rectification", weekly_brief(hazard(overdue=True), hazard(42, "evaluated"), delegated=True)),
    *(("form", form_brief(one.id, delegated=delegated)) for one in PACK.forms for delegated in (False, True)),
    ("permit-application", application_brief(usual=usual())),
    ("permit-gas", gas_brief()),
    *(("permit-reason", {"permit": 7, "number": "…", "place": "…", "act": act}) for act in ("refuse", "cancel")),
    ("join", {"invitation": 7, "inviter": "…", "role": "officer", "place": "…", "registered": "", "known": ""}),
    ("join", {"invitation": 7, "inviter": "…", "role": "officer", "place": "…", "registered": "…", "known": "郑演丙"}),
]
every_dialog = pytest.mark.parametrize(
    ("name", "brief"), BRIEFS, ids=[f"{name}-{n}" for n, (name, _) in enumerate(BRIEFS)]
)


def asked(path: Path) -> list[tuple[Question[Any], Any]]:
    """Give the questions of a path with their answers, those on request among them."""
    return [
        *((one.question, one.value) for one in path.visited),
        *((extra, sample) for _, extra in path.offered for sample in extra.samples()),
    ]


@every_dialog
def test_every_path_comes_to_an_end_and_drives_to_it_again(name: str, brief: StoredBrief) -> None:
    dialog = TALKS[name].opened
    found = list(paths(dialog, brief))
    assert found
    for path in found:
        answers = {
            one.question.key: Remembered(one.question.rev, one.question.encode(one.value)) for one in path.visited
        }
        assert drive(dialog, brief, answers) == Finished(path.result, path.visited)


@every_dialog
def test_every_question_speaks_every_language(name: str, brief: StoredBrief) -> None:
    spec = TALKS[name]
    for language in LANGUAGES:
        assert render(spec.titled(brief), language)
        for path in paths(spec.opened, brief):
            for question, value in asked(path):
                said = [question.ask, question.accepts(), question.describe(value), question.label, question.hint]
                assert all(render(phrase, language) for phrase in said if phrase is not None)
        assert outline(spec.opened, brief, language).startswith("flowchart TD\n")


@every_dialog
def test_buttons_fit_on_the_tightest_platform_and_are_no_commands_of_the_prompt(name: str, brief: StoredBrief) -> None:
    token = "A" * 12
    for path in paths(TALKS[name].opened, brief):
        for number, (question, _) in enumerate(asked(path)):
            options = question.options(NOW)
            assert len({option.id for option in options}) == len(options)
            for option in options:
                assert option.id
                assert not option.id.startswith("!")
                for language in LANGUAGES:
                    Button(render(option.label, language), prompt_data(token, option.id))
            Button("…", prompt_data(token, f"{EDIT}:{number}"))
            Button("…", prompt_data(token, f"{OPEN}:{question.key}"))


@every_dialog
def test_at_most_six_buttons_of_a_question_of_at_most_seven_characters(name: str, brief: StoredBrief) -> None:
    for path in paths(TALKS[name].opened, brief):
        for question, _ in asked(path):
            # Beside its own buttons a question has 上一步, and several choices have 完成.
            # "None of them" and 完成 never stand side by side.
            most = 5 if not isinstance(question, Choices) or question.nothing is not None else 4
            assert len(question.options(NOW)) <= most
            assert all(
                2 <= len(render(option.shown, "zh-CN")) <= 7 or option.id in ("yes", "no")
                for option in question.options(NOW)
            )


@every_dialog
def test_a_confirmation_is_the_last_question_the_only_one_and_known_by_its_key(name: str, brief: StoredBrief) -> None:
    for path in paths(TALKS[name].opened, brief):
        confirmations = [one.question for one in path.visited if isinstance(one.question, Confirm)]
        assert confirmations in ([], [path.visited[-1].question])
        # Corrections and returns leave out the confirmation by its key.
        for one in path.visited:
            assert one.question.key.endswith("confirm") == isinstance(one.question, Confirm)
        assert [one.key for one in confirmations] == ["confirm"] * len(confirmations)


@every_dialog
def test_numbers_of_questions_rise_by_one_to_their_total(name: str, brief: StoredBrief) -> None:
    for path in paths(TALKS[name].opened, brief):
        steps = [one.question.step for one in path.visited if one.question.step is not None]
        assert [number for number, _ in steps] == list(range(1, len(steps) + 1))
        assert {total for _, total in steps} <= {len(steps)}


@every_dialog
def test_what_a_summary_shows_has_a_name_and_what_is_bound_is_shown(name: str, brief: StoredBrief) -> None:
    for path in paths(TALKS[name].opened, brief):
        if path.visited and isinstance(path.visited[-1].question, Confirm):
            opening, *others = [one.question for one in path.visited[:-1]]
            # The opening question of a dispatch is what all the others are about.
            assert opening.label is not None or opening.key == "held"
            assert all(other.label is not None for other in others)


@every_dialog
def test_only_a_question_that_can_be_left_out_is_on_request(name: str, brief: StoredBrief) -> None:
    for path in paths(TALKS[name].opened, brief):
        for _, extra in path.offered:
            assert extra.decode(extra.encode(extra.default())) == extra.default()


@every_dialog
def test_no_question_is_read_without_an_answer_or_a_hint(name: str, brief: StoredBrief) -> None:
    for path in paths(TALKS[name].opened, brief):
        for question, _ in asked(path):
            for text in ("", "\0", "也许", "1" * 30, "字" * 10_000):
                value = question.read(text, NOW)
                if isinstance(value, Hint):
                    assert all(render(value.what, language) for language in LANGUAGES)
                else:
                    assert question.decode(question.encode(value)) == value


def test_what_turns_on_in_person_is_asked_of_the_principal_alone() -> None:
    for delegated in (True, False):
        for path in paths(TALKS["monthly-dispatch"].opened, duty_brief(delegated=delegated)):
            by = {one.question.key: one.question.by for one in path.visited}
            assert {key for key, who in by.items() if who == PRINCIPAL} <= {"in_person", "confirm"}
            assert by.get("in_person", PRINCIPAL) == PRINCIPAL


def test_every_question_for_the_number_of_a_document_looks_at_its_form() -> None:
    """They are found by their words, so that a new one cannot be forgotten, in a form of the pack neither."""
    words = ("文号", "文书编号", "文件编号")
    found = {}
    for name, brief in BRIEFS:
        for path in paths(TALKS[name].opened, brief):
            for question, _ in asked(path):
                if any(word in render(question.ask, CHINESE) for word in words):
                    found[name, question.key] = question
    assert found.keys() == {("action", "note"), ("hazard-listing", "number")}
    for question in found.values():
        assert isinstance(question, DocumentNumber)
        for wrong in ("1", "12号", "2023-12"):
            refused = question.read(wrong, NOW)
            assert isinstance(refused, Hint)
            assert "〔2023〕12号" in render(refused.what, CHINESE)
        assert question.read("沈安委办[2023]12号", NOW) == "沈安委办〔2023〕12号"
        later = question.read("沈安委办〔2032〕12号", NOW)
        assert isinstance(later, Hint)
        assert "年份2032还没到" in render(later.what, CHINESE)
