"""Controls of the patient file and the calendar."""

from typing import Final

from candour.policy.promises.controls.control import Control

_BUILD = "tests/surfaces/test_desk_building.py"
_FILLING = "tests/surfaces/test_desk_filling.py"
_FORMS = "tests/apps/test_questionnaires_definition.py"
_FILL = "tests/apps/test_questionnaires_filling.py"
_DETAILS = "tests/surfaces/test_desk_details.py"
_PEOPLE = "tests/apps/test_people_registering.py"
_REGISTERING = "tests/surfaces/test_desk_registering.py"
_TIMELINE = "tests/surfaces/test_desk_timeline.py"
_WASHING = "tests/apps/test_files_washing.py"
_LETTERS = "tests/apps/test_disclosures_letters.py"
_CAME = "tests/apps/test_disclosures_paper.py"
_DONE = "tests/apps/test_records_treatments.py"
_NOTES = "tests/apps/test_records_notes.py"
_ORDERED = "tests/apps/test_records_prescriptions.py"
_FILE = "tests/apps/test_records_person.py"
_SEEN = "tests/surfaces/test_desk_photographs.py"

CONTROLS: Final = (
    Control(
        "registration",
        3,
        "candour.people",
        "a person has the details the policy names; several of a kind where it says so",
        (
            f"{_REGISTERING}::test_somebody_who_walks_in_is_registered",
            f"{_REGISTERING}::test_only_what_the_notice_names_and_the_role_may_see_is_asked",
            f"{_DETAILS}::test_an_address_is_added_judged_and_taken_out",
        ),
        built=True,
    ),
    Control(
        "contact-kinds",
        3,
        "candour.people",
        "each way to reach somebody has its own permission",
        (
            f"{_DETAILS}::test_a_yes_and_a_no_are_written_down_and_a_no_is_not_undone_here",
        ),
        built=True,
    ),
    Control(
        "nhs-number",
        3,
        "candour.people",
        "an NHS number is optional and its check digit is tested",
        (
            f"{_PEOPLE}::test_a_wrong_nhs_number_is_refused",
            f"{_PEOPLE}::test_the_nhs_number_is_sealed_and_found_without_being_readable",
        ),
        built=True,
    ),
    Control(
        "row-source",
        3,
        "candour.people",
        "each row says where it came from and an unnamed source is refused",
        (
            f"{_PEOPLE}::test_an_unknown_source_is_refused_and_nothing_is_kept",
            f"{_PEOPLE}::test_data_from_somebody_else_is_told_within_a_month",
        ),
        built=True,
    ),
    Control(
        "next-of-kin",
        3,
        "candour.people",
        "who stands close to a patient is kept apart and marked as told by another",
    ),
    Control(
        "guardian-link",
        3,
        "candour.people",
        "a child has a guardian on record who agreed",
    ),
    Control(
        "interaction-timeline",
        3,
        "candour.people",
        "every contact with a person is on one line of time with channel and direction",
        (
            f"{_TIMELINE}::test_a_call_is_written_down_sealed_and_counts_for_retention",
            f"{_TIMELINE}::test_a_letter_that_went_out_is_there_and_does_not_keep_data_longer",
        ),
        built=True,
    ),
    Control(
        "collection-catalogue",
        3,
        "candour.questionnaires",
        "a form that asks for more than the policy collects cannot be published",
        (
            f"{_BUILD}"
            "::test_a_form_that_asks_more_than_the_policy_collects_cannot_be_published",
            f"{_FORMS}"
            "::test_a_question_beyond_the_policy_is_found_with_category_and_clause",
            f"{_FORMS}::test_a_form_of_the_shelf_asks_only_what_the_pack_collects",
        ),
        built=True,
    ),
    Control(
        "lifestyle-section",
        3,
        "candour.questionnaires",
        "questions on how somebody lives are a section of their own",
        (
            f"{_FORMS}"
            "::test_the_medical_history_of_a_clinic_that_collects_it_asks_how_one_lives",
        ),
        built=True,
    ),
    Control(
        "health-questionnaire",
        3,
        "candour.questionnaires",
        "health is asked by versioned forms and kept as special category data",
        (
            f"{_FORMS}"
            "::test_each_kind_of_health_data_the_clinic_collects_is_a_question_of_its_own",
            f"{_FILL}::test_what_is_signed_is_sealed_and_opens_as_it_was_answered",
            f"{_FILL}::test_the_database_lets_nothing_complete_be_changed_nor_unsigned",
        ),
        built=True,
    ),
    Control(
        "section-switch",
        3,
        "candour.questionnaires",
        "a section is shown only where the clinic switched it on",
        (
            f"{_FORMS}"
            "::test_screening_is_asked_only_where_the_form_and_the_policy_switch_it_on",
        ),
        built=True,
    ),
    Control(
        "sensitive-section",
        3,
        "candour.questionnaires",
        "ethnicity and the like are special category data that the desk does not see",
        (
            f"{_FILLING}::test_ethnic_origin_is_special_and_stays_shut_to_reception",
            f"{_FILLING}"
            "::test_who_does_not_care_for_patients_is_refused_with_the_clause",
        ),
        built=True,
    ),
    Control(
        "consent-before-health-form",
        3,
        "candour.questionnaires",
        "a health form opens after explicit consent or under a named law",
        (
            f"{_FILLING}"
            "::test_where_the_notice_asks_for_consent_a_health_form_waits_for_it",
            f"{_FILLING}"
            "::test_a_named_law_with_a_reason_opens_it_too_and_stays_on_the_form",
        ),
        built=True,
    ),
    Control(
        "treatment-consent",
        3,
        "candour.records",
        "consent to treatment is apart from consent to data",
        (
            f"{_DONE}::test_without_consent_nothing_is_written_down",
            f"{_DONE}::test_a_consent_taken_back_or_put_away_counts_no_more",
            f"{_DONE}::test_consent_is_taken_by_who_treats",
        ),
        built=True,
    ),
    Control(
        "age-gate",
        3,
        "candour.records",
        "a treatment with a lowest age waits for proof of it",
        (f"{_DONE}::test_botulinum_toxin_is_for_adults_whose_age_was_proved",),
        built=True,
    ),
    Control(
        "patient-file",
        3,
        "candour.records",
        "history and plan and progress are one file that care can follow",
        (
            f"{_FILE}"
            "::test_a_copy_holds_every_table_of_the_file_with_what_is_sealed_opened",
            f"{_DONE}::test_a_course_counts_and_is_not_overrun",
        ),
        built=True,
    ),
    Control(
        "note-authorship",
        3,
        "candour.records",
        "a note says who wrote it and how the two met",
        (
            "tests/surfaces/test_desk_notes.py::test_a_note_is_written_and_read",
            f"{_NOTES}::test_of_two_who_amend_one_note_the_second_is_told",
        ),
        built=True,
    ),
    Control(
        "prescription-lock",
        3,
        "candour.records",
        "a prescription cannot be changed and stays for its period",
        (
            f"{_ORDERED}::test_a_prescription_is_neither_changed_nor_taken_away",
            f"{_FILE}::test_the_law_keeps_the_file_when_somebody_is_erased",
        ),
        built=True,
    ),
    Control(
        "correspondence",
        3,
        "candour.disclosures",
        "letters in and out are filed with who sent them",
        (
            f"{_CAME}::test_a_letter_that_came_has_its_sender_and_starts_the_clock",
            f"{_LETTERS}::test_a_letter_by_email_is_filed_recorded_sent_and_told",
        ),
        built=True,
    ),
    Control(
        "paper-locator",
        3,
        "candour.disclosures",
        "paper and models have a place on record and are part of each copy",
        (
            f"{_CAME}::test_a_copy_holds_letters_what_was_given_and_where_paper_is",
            f"{_CAME}::test_a_certificate_waits_until_paper_is_destroyed",
        ),
        built=True,
    ),
    Control(
        "image-store",
        3,
        "candour.files",
        "pictures are stored under the person's key without hidden details",
        (
            f"{_WASHING}::test_what_lies_on_the_disk_is_sealed_from_the_first_byte",
            f"{_WASHING}::test_a_picture_comes_out_without_what_tells",
            f"{_WASHING}::test_a_radiograph_loses_every_identifier_at_every_depth",
        ),
        built=True,
    ),
    Control(
        "image-permission",
        3,
        "candour.records",
        "a picture is shown only with its own permission",
        (
            f"{_SEEN}::test_each_use_of_each_photograph_has_a_yes_of_its_own",
            f"{_SEEN}::test_a_clinic_that_never_shows_photographs_asks_for_no_yes",
        ),
        built=True,
    ),
    Control(
        "proof-copies",
        3,
        "candour.files",
        "a copy of a document is deleted once it proved what it had to",
    ),
    Control(
        "appointments",
        3,
        "candour.appointments",
        "appointments are booked and written about under their own purpose",
        (
            "tests/surfaces/test_desk_booking.py"
            "::test_a_booking_tells_them_by_email_now_and_two_days_before",
            "tests/surfaces/test_desk_diary.py"
            "::test_the_diary_is_refused_to_who_has_no_part_in_it",
        ),
        built=True,
    ),
    Control(
        "availability",
        3,
        "candour.appointments",
        "when somebody can come is kept and used for booking",
        (
            "tests/surfaces/test_desk_waiting.py"
            "::test_who_waits_stands_beside_the_times_they_can_come",
        ),
        built=True,
    ),
)
