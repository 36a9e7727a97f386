"""For each rule, what to write into the model so that it has one thing to find.

A change is `path: YAML`, the parts of the path between slashes; `-` takes it out.
"""

CASES = """
decide-open  ->  ownership.sale-of-data
    ownership/sale-of-data: {decide: ask, meanwhile: never}
controller-unidentified  ->  controllers.quillane
    controllers/quillane/address: -
controller-unregistered  ->  controllers.quillane
    controllers/quillane/ico: -
registration-due  ->  controllers.quillane.ico-renews
    controllers/quillane/ico-renews: 2026-12-22
company-number-missing  ->  controllers.quillane.company
    controllers/quillane/company: -
registration-unnumbered  ->  clinic.regulators
    controllers/quillane/registrations: -
arrangement-missing  ->  arrangement
    controllers/other: {name: Other, address: a, ico: Z1234567, dpo: privacy}
no-contact  ->  contacts.privacy
    contacts/privacy: {for: [rights, complaints]}
contact-unassigned  ->  contacts
    contacts/privacy/for: [rights]
no-data-protection-contact  ->  controllers.quillane.dpo
    controllers/quillane/dpo: -
contact-domains-differ  ->  contacts.privacy
    contacts/privacy/email: [a@quillane.example, a@quillane.test]
group-company-unnamed  ->  controllers.quillane.parent
    controllers/quillane/parent: {name: Quillane Holdings}
shown-not-named  ->  website.shows[0]
    website/shows: [finance]
company-not-named  ->  website.companies[1]
    website/companies: [Quillane, Zephyr Loans]
place-unlisted  ->  website.places
    website/places: [glasgow]
collected-for-nothing  ->  collects.cctv
    collects/cctv: {of: [visitor], from: [cctv]}
purpose-uses-uncollected  ->  collects.genetics
    purposes/care/uses: [identity, genetics]
collected-without-source  ->  collects.interests
    collects/interests/from: -
third-party-source-without-art-14  ->  collects.emergency-contact
    collects/emergency-contact: {of: [next-of-kin], from: [patient]}
needs-choice-missing  ->  collects.web.visit.needs
    collects/web.visit: {of: [visitor], from: [website-visit]}
need-unstated  ->  need.consequence
    need/consequence: -
statutory-need-without-law  ->  need.stated
    need/stated: [statutory]
form-without-purpose  ->  forms.enquiry
    forms/enquiry/for: -
form-asks-too-much  ->  forms.enquiry.asks
    forms/enquiry/asks: [identity.name, enquiry, payment.token]
form-requires-optional  ->  forms.enquiry.requires
    forms/enquiry/requires: [identity.name, contact.phone]
card-numbers-held  ->  payments.cards
    payments/cards: held
no-basis  ->  purposes.care.basis
    purposes/care/basis: -
public-task-claimed  ->  purposes.care.basis
    purposes/care/basis: public-task
basis-unlisted  ->  purposes.offers.basis
    bases: [contract, legal-obligation, vital-interests, legitimate-interests]
    purposes/feedback/basis: contract
basis-unused  ->  bases
    purposes/emergency: -
    recipients/hospital: -
no-condition-for-special  ->  purposes.care.condition
    purposes/care/condition: -
exception-without-law  ->  purposes.care.because
    purposes/care/condition: explicit-consent-or-law
assessment-undated  ->  purposes
    purposes/enquiry/assessed: -
no-assessment  ->  purposes.enquiry.assessment
    purposes/enquiry/assessment: -
legal-obligation-without-law  ->  purposes.bookkeeping.because
    purposes/bookkeeping/because: -
purpose-without-role  ->  purposes.offers.by
    purposes/offers/by: -
profiling-without-right  ->  purposes.offers.profiling
    purposes/offers/profiling: true
    rights/automated: -
special-in-marketing  ->  purposes.care.serves
    purposes/care/serves: offers
special-in-advertising  ->  purposes.offers.excludes
    purposes/offers/uses: [identity.name, contact, interests, web.visit]
    collects/web.visit: {of: [visitor], from: [website-visit], needs: choice}
    retention/web: {covers: [web], keep: P1Y, after: recorded}
    recipients/zed: {name: Zed, kind: advertising, role: controller, for: [offers],
        gets: [web], needs: choice, country: GB}
device-needs-consent  ->  purposes.counting.basis
    purposes/counting: {basis: legitimate-interests, assessment: x, about: [visitor],
        uses: [web.visit], by: {manager: all}}
    cookies/uses/counting: {purpose: counting, party: first, needs: choice}
message-without-channel  ->  messages.aftercare
    messages/aftercare/channels: -
offer-as-service-message  ->  messages.offer.purpose
    messages/offer/purpose: care
reply-becomes-marketing  ->  messages.enquiry-reply.limited-to
    messages/enquiry-reply/limited-to: targeted-relevant-information
deemed-consent  ->  marketing.ask.box
    marketing/ask/box: ticked
auto-subscribe  ->  marketing.permission.not-customer.any-of
    marketing/permission/not-customer/any-of: [soft-opt-in]
soft-opt-in-unbounded  ->  marketing.permission.customer.only-if
    marketing/permission/customer/any-of: [consent, soft-opt-in]
soft-opt-in-unmeasured  ->  marketing.permission.customer.only-if
    marketing/permission/customer: {any-of: [soft-opt-in], only-if: [similar-to-sold]}
marketing-needs-consent  ->  purposes.offers.basis
    purposes/offers/basis: legitimate-interests
marketing-without-stop  ->  marketing.stop
    marketing/stop: -
stop-too-slow  ->  marketing.stop.effect
    marketing/stop/effect: a-few-days
interests-uncollected  ->  marketing.interests
    collects/interests: -
advertising-not-controlled  ->  advertising.loads
    advertising: {platforms: [gp]}
hashed-is-not-anonymous  ->  advertising.audiences.described-as
    advertising: {audiences: {any-of: [consent], described-as: anonymous}}
audience-without-consent  ->  advertising.audiences.any-of
    advertising: {audiences: {any-of: [soft-opt-in]}}
advertiser-without-choice  ->  recipients.zed.needs
    recipients/zed: {name: Zed, kind: advertising, role: controller, for: [offers],
        gets: [web], country: GB}
photograph-without-consent  ->  photographs.publish
    photographs/publish: {any-of: [consent]}
gallery-not-covered  ->  website.shows[0]
    website/shows: [before-and-after]
    photographs/publish: never
recipient-inactive  ->  recipients.gp
    recipients/gp/country: US
recipient-unlisted  ->  recipients.zed
    purposes/care/with: [zed]
recipients-unnamed  ->  recipients.zed.named
    recipients/zed: {kind: supplier, role: processor, gets: declared,
        classes: [hosting]}
special-to-unnamed  ->  recipients.gp.name
    recipients/gp/role: processor
platform-unnamed  ->  recipients.gp.name
    advertising: {platforms: [gp], loads: after-choice}
recipient-unreachable  ->  recipients.gp.for
    recipients/gp/for: -
recipient-gets-nothing  ->  recipients.gp.gets
    recipients/gp/gets: -
recipient-gets-too-much  ->  recipients.gp.gets
    recipients/gp/gets: [identity, genetics]
country-unknown  ->  recipients.zed.country
    recipients/zed: {name: Zed, kind: hosting, role: processor, for: [care],
        gets: [identity]}
deemed-safeguard  ->  recipients.gp.safeguard
    recipients/gp/safeguard: deemed-consent
duty-disclaimed  ->  security.promise
    security/promise: disclaimed
disclosures-unruled  ->  disclosures
    disclosures: -
change-of-control-untold  ->  ownership.change-of-control
    ownership/change-of-control: not-told
purpose-without-retention  ->  purposes.feedback
    retention/feedback: -
period-missing  ->  retention.feedback.keep
    retention/feedback/keep: criteria
period-indefinite  ->  retention.feedback.keep
    retention/feedback/keep: indefinite
period-open-ended  ->  retention.feedback.keep
    retention/feedback/keep: review-yearly
period-without-event  ->  retention.feedback.after
    retention/feedback/after: -
law-sets-no-period  ->  retention.feedback.keep
    retention/feedback/keep: law
shorter-than-law  ->  retention.payments.keep
    retention/payments/keep: P5Y
shorter-than-guidance  ->  retention.clinical.keep
    retention/clinical/keep: P7Y
child-floor-missing  ->  retention.clinical.at-least
    retention/clinical/at-least: [{if: child-when-treated, age: 25}]
right-unlisted  ->  rights.portability
    rights/portability: -
requests-go-nowhere  ->  rights.to
    rights/to: -
right-too-slow  ->  rights.access.within
    rights/access/within: P32D
identity-always-asked  ->  rights.identity
    rights/identity: always
recipients-not-told  ->  rights.erasure.tell-recipients
    rights/erasure/tell-recipients: where-possible
no-human-review  ->  rights.automated.human-review
    rights/automated/human-review: false
erasure-of-everything  ->  rights.erasure.on-objection
    rights/erasure/on-objection: delete-all
no-complaint-route  ->  complaints.to
    complaints/to: -
no-regulator-route  ->  complaints.then
    complaints/then: -
complaint-unacknowledged  ->  complaints.acknowledge
    complaints/acknowledge: P31D
child-rule-missing  ->  children
    children: -
child-treated-unproved  ->  children.treated
    children/treated/proof: -
cookies-before-choice  ->  cookies.before-choice
    cookies/before-choice: browser-setting
accept-only  ->  cookies.banner.buttons
    cookies/banner/buttons: [accept]
refusing-is-harder  ->  cookies.refuse.as-easy-as-accept
    cookies/refuse/as-easy-as-accept: false
cookie-wall  ->  cookies.refuse.harms
    cookies/refuse/harms: no chat
cookie-without-purpose  ->  cookies.uses.counting.purpose
    cookies/uses/counting: {party: first, needs: choice}
cookie-unreviewed  ->  cookies.uses
    cookies/uses/counting: {purpose: accounts, party: first, needs: choice}
cookie-needs-choice  ->  cookies.uses.counting.needs
    cookies/uses/counting: {purpose: accounts, party: first, needs: nothing}
cookie-exception-unfit  ->  cookies.uses.counting.exception
    cookies/uses/counting: {purpose: accounts, party: third, needs: objection,
        exception: statistical}
beacon-without-choice  ->  cookies.in-emails.needs
    cookies/in-emails: {beacons: true}
cookies-unruled  ->  cookies
    cookies: -
    collects/web.log: {of: [visitor], from: [website-visit]}
scope-too-narrow  ->  notice.scope
    notice/scope: [website]
draft-text  ->  words.breach
    words: {breach: "We tell you within [number] days."}
deemed-acceptance  ->  notice.changes.accepted-by
    notice/changes/accepted-by: using-the-site
change-untold  ->  notice.changes.email
    notice/changes/email: never
law-cited-repealed  ->  purposes.bookkeeping.because
    purposes/bookkeeping/because: Data Protection Act 1998
version-old  ->  version
    version: "2024-11"
    effective: 2024-11-21
effective-later  ->  effective
    version: "2026-11"
    effective: 2026-11-23
version-contradicts  ->  version
    version: "2026-08"
review-overdue  ->  notice.reviewed
    notice/reviewed: 2026-11-23
security-unowned  ->  security.controls.locks
    security/controls/locks: {says: Doors are locked at night}
terms-missing  ->  terms.page
    terms: {uses-words: true}
stricter-than-law  ->  rights.access.within
    rights/access/within: P30D
promise-cannot-be-kept  ->  rights.access.within
    rights/access/within: P1D
promise-contradicts  ->  commitments[0]
    commitments: [health-and-wellbeing-only]
promise-unknown  ->  commitments[0]
    commitments: [always-smiling]
words-contradict-facts  ->  words.retention.clinical
    words: {retention.clinical: "We keep it for seven years."}
words-too-strong  ->  words.security
    words: {security: "Your data is completely safe."}
"""


def cases() -> dict[str, tuple[str, list[str]]]:
    """Return rule → the clause it must name, and the changes."""
    found: dict[str, tuple[str, list[str]]] = {}
    for line in CASES.strip().splitlines():
        if "  ->  " in line:
            rule, _, clause = line.partition("  ->  ")
            assert rule not in found, rule
            found[rule] = (clause, [])
        elif line.startswith("        "):
            found[rule][1][-1] += f" {line.strip()}"
        else:
            found[rule][1].append(line.strip())
    return found
