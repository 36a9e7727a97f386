"""Controls of rights, retention, disclosures and incidents."""

from typing import Final

from candour.policy.promises.controls.control import Control

_REFUSING = "tests/apps/test_rights_refusing.py"
_LETTERS = "tests/apps/test_disclosures_letters.py"

CONTROLS: Final = (
    Control(
        "all-requests",
        4,
        "candour.rights",
        "every right can be asked for at any time and has its clock",
    ),
    Control(
        "human-decision",
        4,
        "candour.rights",
        "a decision about a person has a human name to it and can be reviewed",
    ),
    Control(
        "identity-in-doubt",
        4,
        "candour.rights",
        "proof of identity is asked only where there is doubt",
    ),
    Control(
        "refusal-content",
        1,
        "candour.rights.refusing",
        "a refusal says why and where to complain",
        (
            f"{_REFUSING}::test_the_letter_says_all_that_the_law_asks_of_a_refusal",
            f"{_REFUSING}::"
            "test_each_clinic_gives_a_way_to_complain_and_the_regulators_address",
        ),
        built=True,
    ),
    Control(
        "free-of-charge",
        4,
        "candour.rights",
        "no request has a price",
    ),
    Control(
        "stop-without-refusal",
        4,
        "candour.rights",
        "a stop to marketing cannot be refused by anybody",
    ),
    Control(
        "guardian-requests",
        4,
        "candour.rights",
        "a guardian who proved it may ask for what the clinic promised",
    ),
    Control(
        "request-by-staff",
        4,
        "candour.rights",
        "staff write down a request that came by letter or in the room",
    ),
    Control(
        "told-by-others",
        4,
        "candour.rights",
        "what came from another starts the time in which the person is told",
    ),
    Control(
        "complete-copy",
        4,
        "candour.rights",
        "a copy holds each column of each table with what goes with it",
    ),
    Control(
        "portable-copy",
        4,
        "candour.rights",
        "a copy for machines can go straight to another provider",
    ),
    Control(
        "rectification",
        4,
        "candour.rights",
        "a correction keeps what was there before",
    ),
    Control(
        "recipients-told",
        4,
        "candour.rights",
        "whoever was given the old value is told of the new one",
    ),
    Control(
        "restriction",
        4,
        "candour.rights",
        "restricted data is kept and used for nothing",
    ),
    Control(
        "objection",
        4,
        "candour.rights",
        "an objection ends a use at once or is weighed where the law says",
    ),
    Control(
        "withdrawal",
        4,
        "candour.rights",
        "taking back a yes holds at once and for what is queued",
    ),
    Control(
        "erasure-review",
        4,
        "candour.rights",
        "what rested on a yes or was objected to is looked at for erasure",
    ),
    Control(
        "erasure-by-category",
        4,
        "candour.disposal",
        "each kind of data goes or stays for a ground on record",
    ),
    Control(
        "retention-sweep",
        4,
        "candour.retention",
        "each record has a day on which it goes and goes",
    ),
    Control(
        "retention-anchor",
        4,
        "candour.retention",
        "the time runs from the event the policy names",
    ),
    Control(
        "child-records",
        4,
        "candour.retention",
        "a child's record is kept to the age the policy says",
    ),
    Control(
        "disposal-kind",
        4,
        "candour.retention",
        "what is due is erased or made anonymous as the rule says",
    ),
    Control(
        "isolation",
        4,
        "candour.retention",
        "what is due and cannot go yet is closed to every purpose",
    ),
    Control(
        "legal-hold",
        4,
        "candour.retention",
        "what a claim needs is held until it ends",
    ),
    Control(
        "yearly-review",
        4,
        "candour.retention",
        "what has no end is looked at each year by a person",
    ),
    Control(
        "disclosure-gate",
        3,
        "candour.disclosures",
        "nothing leaves without a ground that the policy has",
        (
            f"{_LETTERS}::test_without_their_yes_nothing_begins",
            f"{_LETTERS}::"
            "test_a_hospital_that_the_notice_names_for_emergencies_needs_a_yes",
            f"{_LETTERS}::"
            "test_a_recipient_taken_off_between_preview_and_sending_gets_nothing",
            f"{_LETTERS}::test_the_database_wants_a_ground",
        ),
        built=True,
    ),
    Control(
        "disclosure-fields",
        3,
        "candour.disclosures",
        "what leaves is chosen field by field",
        (
            f"{_LETTERS}::test_what_the_policy_does_not_give_cannot_be_chosen",
            f"{_LETTERS}::"
            "test_a_thing_that_vanished_since_the_preview_stops_the_letter",
        ),
        built=True,
    ),
    Control(
        "disclosure-told",
        3,
        "candour.disclosures",
        "the person is told or why not is on record",
        (f"{_LETTERS}::test_the_patient_is_told_or_why_not_is_kept",),
        built=True,
    ),
    Control(
        "processor-register",
        3,
        "candour.recipients",
        "who works for the clinic is on a register with contract and country",
        (
            f"{_LETTERS}::test_the_register_wants_a_check_before_anybody_is_active",
            f"{_LETTERS}::test_publishing_takes_over_whom_the_policy_names",
        ),
        built=True,
    ),
    Control(
        "processor-screening",
        4,
        "candour.recipients",
        "a provider is screened before it gets data and again each year",
    ),
    Control(
        "processor-fields",
        3,
        "candour.recipients",
        "a provider gets the fields it declared and no other",
        (f"{_LETTERS}::test_a_recipient_can_be_narrowed_by_what_they_said_they_need",),
        built=True,
    ),
    Control(
        "transfer-assessment",
        4,
        "candour.recipients",
        "data goes abroad only with an assessment on file",
    ),
    Control(
        "no-sale",
        4,
        "candour.disclosures",
        "no recipient or export or audience can be for sale or rent or trade",
    ),
    Control(
        "change-of-ownership",
        4,
        "candour.disclosures",
        "a buyer signs an undertaking and takes over clauses with the data",
    ),
    Control(
        "storage-region",
        4,
        "candour.recipients",
        "a provider or store outside the promised region is refused",
    ),
    Control(
        "breach-told",
        4,
        "candour.incidents",
        "whom a breach touches is told as the clinic promised",
    ),
    Control(
        "breach-clock",
        4,
        "candour.incidents",
        "the regulator is told within 72 hours where there is a risk",
    ),
    Control(
        "complaint-cases",
        4,
        "candour.incidents",
        "a complaint is acknowledged and answered and may go on to the regulator",
    ),
    Control(
        "assessments",
        4,
        "candour.incidents",
        "a legitimate interest has its balance on file or is not used",
    ),
    Control(
        "risk-register",
        4,
        "candour.incidents",
        "risks are weighed and what is done about them is on record",
    ),
    Control(
        "lead-console",
        4,
        "candour.dpo",
        "rights and complaints and questions reach the data protection lead",
    ),
)
