"""Who else gets data, where, and under what kind of promise."""

KINDS = {
    "health-professional": "others who look after you",
    "health-service": "hospitals and health services",
    "pharmacy": "pharmacies",
    "laboratory": "laboratories",
    "insurer": "insurers and health plans",
    "payment": "firms that take payments",
    "finance-provider": "lenders",
    "tax-authority": "the tax office (HMRC)",
    "regulator": "bodies that check on us",
    "law-enforcement": "the police and other public bodies",
    "court": "courts",
    "legal-adviser": "our lawyers",
    "professional-adviser": "our advisers",
    "communications": "firms that send our emails and texts",
    "messaging": "chat and video firms",
    "it-support": "firms that look after our systems",
    "hosting": "firms that run our servers",
    "clinic-software": "firms that run clinic software",
    "customer-records": "firms that keep customer lists for us",
    "search": "search firms",
    "analytics": "firms that count visits to our site",
    "advertising": "advert firms",
    "advertiser": "firms that advertise with us",
    "marketing": "marketing firms",
    "search-and-advertising": "search and advert firms",
    "delivery": "delivery firms",
    "supplier": "firms that work for us",
    "group-company": "firms in our group",
    "buyer": "someone who buys our clinic",
    "investor": "investors",
    "affiliate": "partner firms",
    "guardian": "parents and guardians",
    "staff": "our staff",
    "anyone-permitted": "anyone you name",
}

ROLES = {
    "processor": "For us, on our orders only",
    "controller": "In charge of what is done with it there, under the same law",
    "joint-controller": "We decide together",
}

NAMES = {
    "gp": "Your GP",
    "surgeon": "Your surgeon",
    "hospital": "Hospitals and community health services",
    "other-clinicians": "Others who look after you",
    "practitioners": "Those who treat you",
    "care-agencies": "Health services that care for you",
    "hmrc": "The tax office (HMRC)",
    "tax-authority": "The tax office (HMRC)",
    "private-scheme": "Your private health plan",
    "authorities": "Police and other public bodies",
    "courts": "Courts",
    "emergency-services": "Emergency services",
    "regulators": "Bodies that check on us",
    "suppliers": "Firms that work for us",
    "other-ad-networks": "other advert networks",
    "advertisers": "Firms that advertise with us",
    "im-and-video": "Chat and video firms",
    "it-systems": "Firms that look after our systems",
    "email-delivery": "Firms that send our emails",
    "analytics": "Firms that count visits to our site",
    "group-companies": "Firms in our group",
    "professional-advisers": "Our advisers",
}

COUNTRIES = {
    "GB": "the UK",
    "IE": "Ireland",
    "US": "the United States",
    "DE": "Germany",
    "FR": "France",
    "NL": "the Netherlands",
    "CN": "China",
    "varies": "more than one country",
}

SAFEGUARDS = {
    "adequacy": "the UK says its law guards data well enough",
    "idta": "a contract that the UK regulator wrote guards it",
    "addendum": "an EU contract with the UK addendum guards it",
    "bcr": "rules that bind the whole group guard it",
    "derogation": "the law allows it in this one case",
    "none-needed": "it stays where our law applies",
}

AMOUNTS = {
    "need-to-know": "We pass on only what they need to know.",
    "what-the-service-needs": "We pass on only what their task needs.",
    "least-needed": "We pass on as little as we can.",
}

TELL = {
    "where-possible": (
        "We tell you about each request where we can. If we cannot, we write down why."
    ),
    "always": "We tell you about each request.",
    "as-law-requires": "We tell you where the law says so.",
}
