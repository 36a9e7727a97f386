"""What each clinic's notice promises beyond the law, as facts the cases need.

One row a clinic. The policy packs say the same at length; a case names a clinic only
by its slug, and this table is all that it brings.
"""

from dataclasses import dataclass, field

from candour.law.marketing import NO_MARKETING_PROMISE, MarketingPromise
from candour.law.messages import RecallPromise
from candour.law.parameters import (
    KEEP_CHILD_AGED_17_UNTIL,
    KEEP_CHILD_UNTIL,
    KEEP_HEALTH_ADULT,
    KEEP_HEALTH_DECEASED,
)
from candour.law.periods import days, months, years
from candour.law.publicity import NO_PUBLICITY_PROMISE, PublicityPromise
from candour.law.requests import NO_PROMISE, Promise
from candour.law.retention import ChildCase, Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Clinic:
    """The promises of one notice; each default is the law without a promise."""

    access: Promise = NO_PROMISE
    access_is_free: bool = False
    marketing: MarketingPromise = NO_MARKETING_PROMISE
    return_confirmed: bool = False
    recall: RecallPromise | None = None
    publicity: PublicityPromise = NO_PUBLICITY_PROMISE
    cookies_after_consent: bool = False
    keeps: Rule = field(default=Rule(keep=None))
    erases_everything: bool = False
    tells_people_of_breaches_in: frozenset[str] = frozenset()
    stores_in_uk: bool = False
    mails_significant_changes: bool = False
    collects_from_age: int | None = None
    child_record_needs_guardian: bool = False


NO_CLINIC = Clinic()

CLINICS: dict[str, Clinic] = {
    "cm-london-medical": Clinic(
        access_is_free=True,
        marketing=MarketingPromise(consent_only="clinic_promise_express_consent_only"),
        publicity=PublicityPromise(needs_review=True),
        cookies_after_consent=True,
        keeps=Rule(keep=years(7)),
    ),
    "dermaesthetics": Clinic(
        access=Promise(target=days(14), limit=months(1), extensible=False),
        marketing=MarketingPromise(
            consent_only="clinic_promise_opt_in_only",
            everything=True,
            channels=frozenset({"email", "sms"}),
        ),
        publicity=PublicityPromise(never="clinic_promise_health_and_wellbeing_only"),
        keeps=Rule(keep=years(3)),
        erases_everything=True,
        stores_in_uk=True,
    ),
    "ai-beauty": Clinic(
        access=Promise(limit=days(30)),
        access_is_free=True,
        marketing=MarketingPromise(
            customers_only="clinic_promise_new_customers_opt_in",
            similar_to_customers=True,
            declared_interests=True,
        ),
        keeps=Rule(keep=years(11), children=(ChildCase(until_age=25),)),
        erases_everything=True,
        tells_people_of_breaches_in=frozenset({"website", "computer_system"}),
        child_record_needs_guardian=True,
    ),
    "private-clinic": Clinic(
        marketing=MarketingPromise(
            consent_only="clinic_promise_consent_only",
            channels=frozenset({"email"}),
            declared_interests=True,
        ),
        return_confirmed=True,
        recall=RecallPromise(channels=frozenset({"email"})),
        publicity=PublicityPromise(never="special_category_never_for_marketing"),
        mails_significant_changes=True,
        collects_from_age=16,
    ),
    "pro-aesthetics": Clinic(keeps=Rule(keep=None, indefinite=True)),
    "baseline-law": NO_CLINIC,
    "baseline-nhs-code": Clinic(
        keeps=Rule(
            keep=KEEP_HEALTH_ADULT.value,
            children=(
                ChildCase(until_age=KEEP_CHILD_AGED_17_UNTIL.value, at_age=17),
                ChildCase(until_age=KEEP_CHILD_UNTIL.value),
            ),
            after_death=KEEP_HEALTH_DECEASED.value,
        ),
    ),
}


def clinic(slug: str) -> Clinic:
    """Return the promises of the clinic; an unnamed or unknown one has none."""
    return CLINICS.get(slug, NO_CLINIC)
