"""Where each duty that the notice lays on an enterprise or a district is answered, so that a reader finds it."""

import ast
from pathlib import Path

from campaign.obligations import OF_BUREAUS
from campaign.pack import Pack

ROOT = Path(__file__).parents[2]
SERVICE = "tests/service/test_"
JOURNAL = "tests/dialogs/test_journals.py::test_a_journal_drives_to_its_stated_end"

ANSWERED_IN = {
    "study-plan": f"{SERVICE}forms.py::test_the_study_may_count_as_the_dispatch_of_may",
    "criteria-check": f"{SERVICE}criteria.py::test_an_enterprise_that_finds_nothing_taps_once_a_place",
    "first-round": f"{SERVICE}first_round.py::test_nothing_found_is_a_zero_report_and_the_signed_page_completes_it",
    "monthly-dispatch": f"{SERVICE}dispatch.py::test_a_principal_answers_in_a_minute",
    "led-inspection": f"{SERVICE}forms.py::test_major_hazards_of_an_inspection_lead_into_the_ledger",
    "hazard-report": f"{SERVICE}hazards.py::test_a_hazard_is_reported_in_a_minute_and_told_at_once",
    "weekly-rectification": f"{SERVICE}weekly.py::test_it_comes_by_itself_and_goes_hazard_by_hazard",
    "post-responsibility": f"{JOURNAL}[form-post-responsibility]",
    "management-lists": f"{JOURNAL}[form-management-lists]",
    "hot-work-check": f"{JOURNAL}[form-hot-work-check]",
    "hot-work-education": f"{JOURNAL}[form-hot-work-education-total-corrected]",
    "hot-work-permit": f"{SERVICE}permits.py::test_the_duty_of_each_job_is_answered_by_its_approval",
    "outsourcing-check": f"{JOURNAL}[form-outsourcing-check]",
    "emergency-plan": f"{JOURNAL}[form-emergency-plan]",
    "plan-filing": f"{JOURNAL}[form-plan-filing]",
    "drill": f"{JOURNAL}[form-drill-of-the-first-half]",
    "equipment-check": f"{JOURNAL}[form-equipment-check]",
    "control-inventory": f"{JOURNAL}[form-control-inventory]",
    "control-check": f"{JOURNAL}[form-control-check]",
    "municipal-plan": f"{JOURNAL}[form-municipal-plan]",
    "mentoring": f"{JOURNAL}[form-mentoring]",
    "municipal-summary": f"{JOURNAL}[form-municipal-summary]",
}

DISTRICT_DUTIES = f"{SERVICE}district_duties.py::"
OF_DISTRICTS = {
    "contact": f"{DISTRICT_DUTIES}test_a_contact_is_named_for_the_eyes_of_the_district_and_the_city",
    "mobilise": f"{JOURNAL}[form-mobilise]",
    "criteria-training": f"{DISTRICT_DUTIES}test_how_many_are_trained_is_what_was_recorded",
    "officer-training": f"{JOURNAL}[form-officer-training]",
    "registry": f"{JOURNAL}[form-registry]",
    "expert-round": f"{JOURNAL}[form-expert-round]",
    "guidance-report": f"{JOURNAL}[form-guidance-report]",
    "joint-checks": f"{DISTRICT_DUTIES}test_a_routine_duty_is_answered_again_with_the_newest_numbers",
    "look-back": f"{JOURNAL}[form-look-back]",
    "annex-table": f"{SERVICE}annex.py::test_the_clerk_gets_the_draft_on_the_25th_and_files_what_the_leader_saw",
    "phase-report": f"{DISTRICT_DUTIES}test_a_report_of_a_phase_is_sent_after_its_end",
    "summary": f"{JOURNAL}[form-summary]",
    "city-verification": f"{DISTRICT_DUTIES}test_the_city_owes_the_verification_of_its_units_and_nobody_else_answers",
    "evaluation": f"{JOURNAL}[form-evaluation]",
}


def test_every_duty_has_its_test(pack: Pack) -> None:
    owed = {one.id for one in pack.obligations if one.subject not in OF_BUREAUS}
    assert set(ANSWERED_IN) == owed
    assert set(OF_DISTRICTS) == {one.id for one in pack.obligations} - owed
    for name in (*ANSWERED_IN.values(), *OF_DISTRICTS.values()):
        path, _, test = name.partition("::")
        function, _, journal = test.rstrip("]").partition("[")
        tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        assert function in {one.name for one in tree.body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)}
        assert not journal or (ROOT / f"tests/dialogs/journals/{journal}.json").is_file()
