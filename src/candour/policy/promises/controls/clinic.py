"""Controls of the ground floor: notice, front door, gate, first rights, trail."""

from typing import Final

from candour.policy.promises.controls.control import Control

_FIELDS = "tests/apps/test_gate_fields.py"
_ACTS = "tests/apps/test_gate_trail.py"
_WALLS = "tests/apps/test_walls.py"
_ASKING = "tests/apps/test_rights_asking.py"
_TRAIL = "tests/apps/test_trail_verify.py"
_ENQUIRY = "tests/surfaces/test_public_enquiry.py"
_PAGES = "tests/surfaces/test_public_pages.py"
_FACTS = "tests/policy_render/test_facts.py"
_PACKS = "tests/policy_render/test_packs.py"
_KEPT = "tests/policy/test_promises_kept.py"

CONTROLS: Final = (
    Control(
        "purpose-gate",
        1,
        "candour.gate.unit",
        "data is opened for a declared purpose or not at all",
        (
            f"{_ACTS}::test_a_purpose_nobody_declared_is_a_gap_on_the_trail",
            f"{_FIELDS}::test_an_undeclared_column_cannot_be_read",
            f"{_WALLS}::test_every_personal_table_raises_without_a_scope_even_when_empty",
        ),
        built=True,
    ),
    Control(
        "consent-first",
        1,
        "candour.policy.decisions",
        "what rests on consent waits until it is given",
        (
            "tests/policy/test_decisions.py"
            "::test_marketing_needs_permission_and_a_no_ends_it",
            f"{_KEPT}::test_what_rests_on_consent_waits_for_it",
        ),
        built=True,
    ),
    Control(
        "consent-history",
        1,
        "candour.consent.models",
        "what was agreed to is added to and never changed",
        (
            "tests/apps/test_consent_history.py"
            "::test_the_site_cannot_change_what_somebody_agreed_to",
            f"{_ENQUIRY}::test_a_yes_is_kept_in_the_words_beside_its_box",
        ),
        built=True,
    ),
    Control(
        "declared-columns",
        1,
        "candour.register.declare",
        "each column about a person has a category that the policy knows",
        (
            f"{_FIELDS}::test_an_undeclared_column_cannot_be_read",
            f"{_WALLS}::test_every_personal_table_raises_outside_its_record_class",
            f"{_KEPT}::test_what_points_to_somebody_indirectly_is_personal_data_too",
        ),
        built=True,
    ),
    Control(
        "role-limits",
        1,
        "candour.policy.decisions",
        "each role opens what its work needs and is refused the rest",
        (
            f"{_PACKS}::test_the_wrong_role_is_refused",
            f"{_PACKS}::test_the_roles_of_the_house_can_do_their_work",
            f"{_ACTS}::test_a_role_without_the_purpose_is_refused_and_the_refusal_is_kept",
        ),
        built=True,
    ),
    Control(
        "health-for-care-only",
        1,
        "candour.policy.decisions",
        "health data is open to care and what the law asks and to nothing else",
        (f"{_KEPT}::test_health_data_is_open_to_care_and_duties_alone",),
        built=True,
    ),
    Control(
        "controller-named",
        1,
        "candour.policy.render.sections.who",
        "the notice says who answers for the data and how to reach them",
        (
            f"{_FACTS}::test_who_answers_for_the_data_is_named",
            f"{_FACTS}::test_whom_to_write_to_is_said_or_said_to_be_missing",
            f"{_KEPT}::test_each_clinic_is_who_it_says_it_is",
            f"{_KEPT}::test_the_site_of_a_notice_is_the_site_of_its_clinic",
        ),
        built=True,
    ),
    Control(
        "notice-page",
        1,
        "candour.public.views.notice",
        "everyone can read the whole notice without signing in",
        (
            f"{_PAGES}::test_every_clause_of_the_notice_is_on_the_page_with_its_number",
            "tests/surfaces/test_web_access.py"
            "::test_every_public_page_on_the_list_exists",
        ),
        built=True,
    ),
    Control(
        "notice-versions",
        1,
        "candour.notices.models",
        "each version is dated and stays to be read",
        (
            f"{_PAGES}::test_earlier_versions_stay_to_be_read",
            f"{_ENQUIRY}::test_the_version_of_the_notice_that_was_shown_is_kept",
        ),
        built=True,
    ),
    Control(
        "no-silent-yes",
        1,
        "candour.public.forms",
        "without a tick nobody has agreed to anything",
        (f"{_ENQUIRY}::test_without_a_tick_nothing_is_agreed",),
        built=True,
    ),
    Control(
        "unticked-boxes",
        1,
        "candour.public.forms",
        "a box for each way of offers where details are given and none ticked",
        (
            f"{_ENQUIRY}::test_there_is_a_box_for_each_way_of_offers_and_none_is_ticked",
            f"{_ENQUIRY}::test_without_a_tick_nothing_is_agreed",
        ),
        built=True,
    ),
    Control(
        "enquiry-form",
        1,
        "candour.public.forms",
        "the form asks what the policy says and insists on no more",
        (
            f"{_ENQUIRY}"
            "::test_it_asks_what_the_policy_says_and_requires_it_where_it_says_so",
            f"{_PACKS}::test_the_private_clinic_asks_four_things_and_needs_all_four",
            "tests/policy/test_compile.py"
            "::test_a_form_has_its_questions_in_order_each_with_why",
        ),
        built=True,
    ),
    Control(
        "enquiry-source",
        1,
        "candour.enquiries.actions",
        "an enquiry keeps where it came from and under which brand",
        (f"{_ENQUIRY}::test_a_question_is_kept_whole",),
        built=True,
    ),
    Control(
        "enquiry-alone",
        1,
        "candour.policy.decisions",
        "an enquiry is answered and serves no marketing",
        (
            "tests/policy/test_decision_properties.py"
            "::test_no_clinic_lets_marketing_read_enquiries_or_an_engineer_read_anybody",
            f"{_KEPT}::test_an_answer_keeps_to_the_question",
        ),
        built=True,
    ),
    Control(
        "browsing-without-data",
        1,
        "candour.public.views",
        "pages are read without giving anything",
        (
            f"{_PAGES}::test_somebody_who_only_reads_gets_no_cookie",
            f"{_PAGES}::test_the_front_page_shows_what_is_on_offer_and_a_promise",
        ),
        built=True,
    ),
    Control(
        "request-clock",
        1,
        "candour.rights.deadlines",
        "a request has the earlier of its legal and its promised day",
        (
            f"{_ASKING}::test_the_clinics_own_promise_counts_where_it_is_shorter",
            f"{_ASKING}::test_the_answer_is_due_a_month_after_asking",
            "tests/law/test_requests.py::test_a_promise_can_only_bring_the_day_forward",
            f"{_FACTS}::test_only_the_clinic_that_promised_it_rules_out_more_time",
        ),
        built=True,
    ),
    Control(
        "sealed-trail",
        1,
        "candour.trail.verify",
        "each look and change is written down where tampering shows",
        (
            f"{_TRAIL}::test_an_edited_act_is_found",
            f"{_TRAIL}::test_a_deleted_row_is_found",
            f"{_ACTS}"
            "::test_a_reading_is_on_the_trail_with_who_what_whose_and_which_clause",
            f"{_WALLS}"
            "::test_changes_are_written_by_triggers_for_every_row_of_a_bulk_update",
        ),
        built=True,
    ),
)
