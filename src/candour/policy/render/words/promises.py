"""A clinic's commitments, in words."""

PROMISES = {
    "respect-privacy": "We respect your privacy.",
    "fair-and-lawful": "We use data fairly and as the law says.",
    "lawful-and-ethical": "We use data as the law says, and as we would like for ours.",
    "described-purposes-only": "We use data only for what is written here.",
    "no-marketing-without-consent": "We send no offers unless you said yes.",
    "health-and-wellbeing-only": (
        "We use what we know of your health for your care, and for nothing else."
    ),
    "never-sell": "We never sell your data.",
    "improve-experience": "We use data only to serve you better.",
    "special-only-for-care-and-safety": (
        "We use health data only for your care and your safety."
    ),
    "special-never-marketing": "We never use health data to sell you things.",
    "interests-only": "We write to you only about what you told us you like.",
}
