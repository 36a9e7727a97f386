"""The kinds of message, and the words of marketing and advertising."""

KINDS = {
    "enquiry-reply": "Answers to what you asked",
    "enquiry-acknowledgement": "A note that your question has come in",
    "booking-confirmation": "A note that your visit is booked",
    "payment-confirmation": "A receipt",
    "appointment": "Notes about your visits",
    "aftercare": "Advice for after your treatment",
    "charges": "What things cost",
    "recall": "A reminder that a check is due",
    "offer": "Offers",
    "news": "News",
    "newsletter": "Newsletters",
    "survey": "Surveys",
    "review-request": "A request for a review",
    "referral-first-contact": "A first note to a friend you named",
    "return-request": "A note to confirm that you want our emails back",
    "notice-change": "A note that this notice has changed",
    "service-notice": "Changes to our services or terms",
    "breach-notice": "A warning if your data was lost or seen",
    "sign-in-link": "Links to sign in",
    "staff-invitation": "Invitations to our own staff",
    "security-alert": "Warnings about your account",
    "identity-link": "A link to show that it is you",
    "request-acknowledgement": "A note that your request has come in",
    "request-extension": "A note that we need more time, and why",
    "request-refusal": "A note that we cannot do something, and why",
    "copy-ready": "A note that your copy is ready",
    "erasure-certificate": "Proof of what was erased",
    "rectification-notice": "A note that your data was put right",
    "restriction-lifted": "A note that we use your data again",
    "complaint-acknowledgement": "A note that your complaint has come in",
    "complaint-outcome": "The answer to your complaint",
    "permission-confirmation": "A note to confirm what you said yes to",
    "art-14-notice": "A note on where we got your data",
    "letter": "Letters about your care",
    "disclosure-notice": "A note on whom we gave your data to",
}

AFTER_STOP = {"sent": "Yes", "stopped": "No"}

TOPICS = {
    "offers": "offers",
    "news": "news",
    "newsletters": "newsletters",
    "promotions": "promotions",
    "treatments": "treatments",
    "products": "products",
    "information": "general facts",
    "resources": "other things to read",
}

STOP_BY = {
    "link": "Follow the link in the email",
    "reply": "Reply to the email and say stop",
    "form": "Change it on the “Your data” page of this site",
    "email": "Write to us in any way in clause {contacts}",
    "phone": "Call us",
    "post": "Write us a letter",
    "portal": "Change it in your account",
}

ASK_BY = {
    "channel": "one box for each way we may write to you",
    "topic": "one box for each thing we may write about",
    "topic-and-channel": (
        "one box for each way we may write to you and each thing we may write about"
    ),
    "once": "one box",
}

LOADS = {
    "after-choice": "Nothing from these firms loads until you say yes to it.",
    "after-choice-and-click": (
        "Nothing from these firms loads until you say yes to it and click on an advert."
    ),
    "never": "Nothing from these firms is loaded on our site.",
}

BASED_ON = {
    "browsing": "the pages you looked at",
    "usage-data": "how you used our site",
    "network-data": "what the advert firm knows about you",
    "public-content": "what you post in public",
    "context": "the page you are on",
}
