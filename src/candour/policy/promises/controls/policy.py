"""Controls of the policy and of the law: bases, conditions, decisions, the notice."""

from typing import Final

from candour.policy.promises.controls.control import Control

_DECISIONS = "tests/policy/test_decisions.py"
_FACTS = "tests/policy_render/test_facts.py"
_PACKS = "tests/policy_render/test_packs.py"
_STRUCTURE = "tests/policy_render/test_structure.py"
_READER = "tests/policy_render/test_reader.py"
_NUMBERS = "tests/policy/test_numbers.py"
_KEPT = "tests/policy/test_promises_kept.py"
_LINTED = "tests/policy/test_promises_linted.py"

CONTROLS: Final = (
    Control(
        "purpose-with-basis",
        2,
        "candour.policy.crossref",
        "each purpose has its basis or nothing is done for it",
        (
            "tests/policy/test_crossref.py::test_an_entry_that_says_too_little",
            f"{_DECISIONS}::test_a_purpose_whose_basis_is_not_decided_is_refused",
            f"{_STRUCTURE}"
            "::test_every_purpose_rule_of_keeping_and_right_has_its_clause",
            f"{_KEPT}::test_each_use_rests_on_what_was_promised",
            f"{_KEPT}::test_the_bases_of_the_published_notice_are_listed",
        ),
        built=True,
    ),
    Control(
        "special-with-condition",
        2,
        "candour.policy.decisions",
        "special category data is held back without a condition of Article 9",
        (
            f"{_DECISIONS}::test_health_data_without_a_condition_is_held_back",
            "tests/policy/test_vocabulary.py::test_special_is_what_article_9_protects",
            f"{_PACKS}::test_no_purpose_is_cut_short_for_want_of_a_condition",
            f"{_KEPT}::test_each_use_rests_on_what_was_promised",
        ),
        built=True,
    ),
    Control(
        "marketing-needs-yes",
        2,
        "candour.policy.decisions",
        "nobody is reached by a channel without what its permission asks",
        (
            f"{_DECISIONS}::test_marketing_needs_permission_and_a_no_ends_it",
            f"{_DECISIONS}::test_a_channel_may_be_asked_about_alone",
            f"{_KEPT}::test_nobody_is_reached_without_what_was_promised",
        ),
        built=True,
    ),
    Control(
        "reply-to-the-question",
        2,
        "candour.policy.compiled.contact",
        "an answer is limited to what was asked",
        (f"{_KEPT}::test_an_answer_keeps_to_the_question",),
        built=True,
    ),
    Control(
        "service-channels",
        2,
        "candour.policy.compiled.contact",
        "messages about care go by the channels that were named and need no yes",
        (f"{_KEPT}::test_messages_about_care_go_by_the_channels_that_were_named",),
        built=True,
    ),
    Control(
        "one-stop-for-all-brands",
        2,
        "candour.policy.compiled.clinic",
        "brands of one controller share one stop",
        (
            "tests/policy/test_compile.py::test_two_brands_are_told_apart_by_host",
            f"{_FACTS}::test_a_stop_at_the_private_clinic_counts_for_both_names",
        ),
        built=True,
    ),
    Control(
        "dated-law",
        2,
        "candour.law.parameters",
        "each rule of law has its source and the day it began",
        (
            "tests/law/test_parameters.py"
            "::test_each_value_says_where_it_was_read_and_where_it_applies",
            "tests/law/test_parameters.py::test_a_value_applies_from_its_first_day",
            "tests/law/test_cases.py::test_the_case_is_answered_as_it_should_be",
        ),
        built=True,
    ),
    Control(
        "storage-on-devices-by-law",
        2,
        "candour.law.cookies",
        "optional storage needs a fair choice or a whole exception",
        (
            "tests/law/test_permissions.py"
            "::test_optional_storage_needs_a_fair_choice_or_a_whole_exception",
            "tests/law/test_cases.py::test_the_case_is_answered_as_it_should_be",
        ),
        built=True,
    ),
    Control(
        "clause-printed",
        2,
        "candour.policy.render.notice",
        "the notice says it under a numbered clause",
        (
            f"{_STRUCTURE}::test_every_value_of_the_policy_leads_to_a_number",
            f"{_STRUCTURE}::test_every_clause_says_something_in_whole_sentences",
            f"{_KEPT}::test_what_is_to_be_printed_stands_in_the_notice",
        ),
        built=True,
    ),
    Control(
        "notice-parts",
        2,
        "candour.policy.render.notice",
        "the notice has the parts that were announced",
        (
            f"{_STRUCTURE}::test_sections_and_clauses_are_numbered_in_order",
            f"{_FACTS}::test_all_that_article_13_asks_is_there",
            f"{_KEPT}::test_the_notice_has_the_parts_it_announces",
        ),
        built=True,
    ),
    Control(
        "regulator-named",
        2,
        "candour.policy.render.sections.rights",
        "the notice leads to the regulator",
        (f"{_FACTS}::test_all_that_article_13_asks_is_there",),
        built=True,
    ),
    Control(
        "countries-shown",
        2,
        "candour.policy.render.sections.others",
        "the notice says to which country data goes and what guards it",
        (
            "tests/policy_render/test_variants.py"
            "::test_a_recipient_abroad_is_shown_with_its_country_and_what_guards_it",
            "tests/policy/test_compile.py"
            "::test_nothing_goes_to_a_recipient_while_something_is_not_known",
        ),
        built=True,
    ),
    Control(
        "open-facts-block-publishing",
        2,
        "candour.policy.lint",
        "what the notice leaves out is decided before it is published",
        (f"{_LINTED}::test_what_the_notice_leaves_out_stops_publishing",),
        built=True,
    ),
    Control(
        "statute-cited",
        2,
        "candour.policy.lint.rules.purposes",
        "a use that rests on a duty cites the statute",
        (f"{_LINTED}::test_a_duty_that_names_no_law_is_found",),
        built=True,
    ),
    Control(
        "exception-cites-law",
        2,
        "candour.policy.lint.rules.purposes",
        "an exception to explicit consent cites its law",
        (f"{_LINTED}::test_a_law_that_stands_in_for_consent_is_named",),
        built=True,
    ),
    Control(
        "cited-law-in-force",
        2,
        "candour.policy.lint.rules.commitments",
        "law that is repealed or does not apply is found where it is cited",
        (f"{_LINTED}::test_law_that_does_not_hold_is_found_where_it_is_cited",),
        built=True,
    ),
    Control(
        "no-public-task",
        2,
        "candour.policy.lint.rules.purposes",
        "a public task claimed by a private clinic is found",
        (f"{_LINTED}::test_a_public_task_is_found_and_nothing_rests_on_it",),
        built=True,
    ),
    Control(
        "recipients-complete",
        2,
        "candour.policy.lint.rules.others",
        "whoever handles special category data for the clinic is named",
        (
            f"{_LINTED}::test_who_handles_health_data_without_a_name_is_found",
            f"{_LINTED}::test_nothing_goes_to_anybody_who_is_not_listed",
        ),
        built=True,
    ),
    Control(
        "registration-numbers",
        2,
        "candour.policy.vocabulary.registers",
        "numbers of registers have their form and the ICO's fee is called to mind",
        (
            f"{_NUMBERS}::test_a_wrong_number_is_told_with_its_line_and_column",
            f"{_LINTED}::test_the_fee_to_the_ico_is_called_to_mind_a_month_before",
            f"{_FACTS}::test_who_answers_for_the_data_is_named",
        ),
        built=True,
    ),
    Control(
        "regulators-shown",
        2,
        "candour.policy.render.sections.who",
        "the notice names who regulates the clinic",
        (f"{_READER}::test_the_regulators_are_named_in_full_with_the_numbers_given",),
        built=True,
    ),
    Control(
        "glossary",
        2,
        "candour.policy.render.terms",
        "the notice explains its words and the names people know",
        (
            f"{_READER}::test_the_names_that_people_know_are_in_the_notice",
            f"{_READER}::test_the_notice_ends_with_what_its_words_mean",
        ),
        built=True,
    ),
    Control(
        "terms-page",
        2,
        "candour.policy.render.sections.site",
        "terms have a page or a link with versions of their own",
        (
            f"{_READER}::test_terms_have_their_page_and_their_version",
            f"{_LINTED}::test_terms_that_nobody_can_read_stop_publishing",
        ),
        built=True,
    ),
    Control(
        "reader-advice",
        2,
        "candour.policy.render",
        "the notice gives its readers the advice the clinic promised",
        (
            f"{_READER}::test_who_does_not_agree_is_told_what_to_do",
            f"{_READER}::test_who_complains_hears_of_the_regulator_and_of_free_advice",
            f"{_READER}::test_people_are_advised_to_keep_their_own_devices_current",
        ),
        built=True,
    ),
    Control(
        "browser-help",
        2,
        "candour.policy.render.words.browsers",
        "the cookie notice says how to clear and block in the main browsers",
        (f"{_READER}::test_every_cookie_notice_says_how_to_see_clear_and_block",),
        built=True,
    ),
)
