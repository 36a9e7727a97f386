"""People who need more care, safety, what happens after a breach, and changes."""

from candour.policy.language import Document
from candour.policy.language.conduct import Children, Guardian, Premises
from candour.policy.render.doc import Clause, Section
from candour.policy.render.terms import glossary_clause, terms_of
from candour.policy.render.words.people import HOLDS
from candour.policy.render.words.plain import every, listed

_MEDIA = {
    "electronic": "on computers",
    "paper": "on paper",
    "physical": "as objects",
}
_MAY = {
    "access": "ask for a copy",
    "erasure": "ask us to erase it",
    "rectification": "ask us to put it right",
    "restriction": "ask us to set it aside",
    "objection": "object",
}
_NEEDS = {
    "role": "the right job",
    "second-factor": "two proofs of who they are",
    "reason": "a reason that is written down",
    "reviewed-by-person": "the word of a second person",
}


def children(document: Document) -> Section:
    """Return what holds for children and for those who act for them."""
    rule = document.children or Children()
    said = []
    if rule.not_collected_under is not None:
        age = rule.not_collected_under
        said.append(f"We do not set out to collect data on anyone under {age}.")
        said.append("If we find that we did, we look into it and put it right.")
    if rule.treated and rule.treated.needs:
        needs = listed(HOLDS[atom] for atom in rule.treated.needs)
        said.append(f"We treat someone under 18 only if {needs}.")
    said.append(
        "Some treatments are against the law for anyone under 18, so we ask how old you"
        " are."
    )
    if rule.legitimate_interests == "balance-each":
        said.append(
            "Where we weigh our reasons against yours, a child’s count for more."
        )
    clauses = [
        Clause(
            "children",
            "If you are under 18",
            (" ".join(said),),
            law=("Botulinum Toxin and Cosmetic Fillers (Children) Act 2021",),
        )
    ]
    if rule.guardian is not None:
        clauses.append(_guardian(rule.guardian))
    return Section("Children", tuple(clauses), ("children",))


def _guardian(guardian: Guardian) -> Clause:
    may = [_MAY[word] for word in guardian.may]
    said = ["A parent or guardian may act for a child."]
    if may:
        said.append(f"They can {listed(may)}.")
    if guardian.proof:
        said.append("We ask them to show that they are the parent or guardian.")
    said.append(
        "A child who can understand may ask alone. What a child told us in private may"
        " stay private."
    )
    return Clause("children.guardian", "Parents and guardians", (" ".join(said),))


def safety(document: Document) -> Section:
    """Return how data is guarded, and what people are told when that fails."""
    clauses = [_guard(document)]
    if document.security and document.security.special:
        clauses.append(_closer(document))
    clauses += [_trail(document), _checks(document), _machines(document)]
    clauses += [_breach(document), _yourself()]
    if document.premises is not None:
        clauses += _premises(document.premises)
    return Section("How we guard it", tuple(clauses), ("security",))


def _guard(document: Document) -> Clause:
    security = document.security
    media = [_MEDIA[word] for word in security.media] if security else []
    said = [f"We keep your data {listed(media)}." if media else "We guard your data."]
    said.append("Only staff who need it for their job can see it.")
    said.append(
        "Notes on your health and your pictures are locked with a key of their own."
    )
    if security and security.backups and security.backups.every:
        line = f"We make a safe copy {every(security.backups.every)}"
        if security.backups.drill:
            line += f", and try to bring one back {every(security.backups.drill)}"
        said.append(f"{line}.")
    if security and security.monitoring == "continuous":
        said.append("We watch our site and systems all the time.")
    return Clause(
        "security",
        "Keeping it safe",
        (" ".join(said),),
        law=("UK GDPR Article 32",),
    )


def _closer(document: Document) -> Clause:
    special = document.security.special if document.security else None
    needs = [_NEEDS[word] for word in special.needs] if special else []
    said = f"Fewer of our staff can open health data. They need {listed(needs)}."
    return Clause("security.special", "Health data", (said,))


def _trail(document: Document) -> Clause:
    said = (
        "Each time someone opens or changes your data, it is written down: who, when"
        " and why. That list cannot be changed without a trace. You can ask to see it.",
    )
    return Clause("security.trail", "Who looked", said)


def _checks(document: Document) -> Clause:
    identity = document.identity
    said = ["Before we talk to you about your data we make sure that it is you."]
    if identity and identity.copies == "deleted-when-verified":
        said.append(
            "If you show us papers, we delete the copy once we have checked it."
        )
    elif identity and identity.copies == "never-kept":
        said.append("If you show us papers, we keep no copy.")
    return Clause("identity", "Making sure it is you", (" ".join(said),))


def _machines(document: Document) -> Clause:
    used = document.rights.automated.used if document.rights.automated else "never"
    said = ["No machine decides anything that matters to you on its own."]
    if used == "with-review":
        said = ["A machine may help us decide. A person looks at it if you ask."]
    return Clause(
        "security.automated",
        "People decide",
        (" ".join(said),),
        law=("UK GDPR Articles 13(2)(f) and 22A to 22D",),
    )


def _breach(document: Document) -> Clause:
    rule = document.breach
    said = []
    if rule is not None and rule.tell_people == "any":
        said.append(
            "If your data is lost, changed or seen by someone it should not be, we tell"
            " you, however small the risk."
        )
    else:
        said.append(
            "If your data is lost, changed or seen by someone it should not be, and"
            " that puts you at high risk, we tell you as soon as we can."
        )
    said.append(
        "We tell the ICO within 72 hours unless there is no risk to you. We write down"
        " each case."
    )
    return Clause(
        "breach",
        "If something goes wrong",
        (" ".join(said),),
        law=("UK GDPR Articles 33 and 34",),
    )


def _yourself() -> Clause:
    said = (
        "Keep your phone or computer, and the browser on it, up to date. Use a screen"
        " lock. Do not pass on the links we send you to sign in. We never ask you for a"
        " password or a card number by email, text or phone.",
    )
    return Clause("security.yourself", "What you can do", said)


def _premises(premises: Premises) -> list[Clause]:
    clauses = []
    if premises.cctv is not None:
        said = ("We have cameras in the clinic. Signs show where they are.",)
        clauses.append(Clause("premises.cctv", "Cameras", said))
    if premises.calls is not None and premises.calls.recorded != "never":
        always = premises.calls.recorded == "always"
        parts = ["We record calls." if always else "We may record calls."]
        if premises.calls.announced:
            parts.append("We tell you at the start if we do.")
        if premises.calls.pause_for_card:
            parts.append("We stop recording while you give card details.")
        clauses.append(Clause("premises.calls", "Phone calls", (" ".join(parts),)))
    return clauses


def changes(document: Document) -> Section:
    """Return how people learn of changes, and what a new owner may do."""
    rule = document.notice.changes if document.notice else None
    said = [
        "When we change this notice, the new one is put here. Old ones stay to read."
    ]
    if rule and rule.email == "if-significant":
        said.append("If the change matters, we email you.")
    elif rule and rule.email == "optional":
        said.append("We may also email you.")
    if rule and rule.review == "encouraged":
        said.append("Please look here from time to time.")
    said.append(
        "A new notice never widens what you agreed to. If we want to do more, we ask"
        " you again."
    )
    clauses = [Clause("notice.changes", "When this notice changes", (" ".join(said),))]
    clauses.append(_owner(document))
    return Section("Changes", tuple(clauses), ("notice", "commitments"))


def explained(document: Document) -> Section:
    """Return what the words of the notice mean, and what people call them."""
    clause = glossary_clause(terms_of(document))
    return Section("What the words mean", (clause,))


def _owner(document: Document) -> Clause:
    rule = document.ownership.change_of_control if document.ownership else None
    said = [
        "If someone else takes over the clinic, your data goes with your care. They may"
        " use it only for what is written here."
    ]
    if rule == "tell-people-after":
        said.append("We tell you once it has happened.")
    else:
        said.append("We tell you before it happens.")
    return Clause(
        "ownership",
        "If the clinic changes hands",
        (" ".join(said),),
        also=("ownership.change-of-control",),
    )
