"""Questions in words, of every kind, and the one sentence that answers each."""

from collections.abc import Iterator
from datetime import date

import pytest

from candour.cli import explain as command
from candour.config.main import COMMANDS, main
from candour.policy import explain
from candour.policy.compile import compile_pack
from candour.policy.storing import Visitor, decide
from candour.policy.terms import Facts
from tests.policy.lint.cases import model_with

TODAY = date(2026, 11, 22)

# The policy, then: question | yes, no or how long | the clause | part of the article
QUESTIONS = """
[model]
may reception read names for enquiry | yes | purposes.enquiry | 6(1)(f)
may marketing read enquiries for enquiry | no | purposes.enquiry |
may an offer go by sms to a customer who said no | no | rights.objection | 21(3)
may an offer go by email to one who agreed | yes | messages.offer | 6(1)(a)
may an offer be sent by post | no | messages.offer.channels |
[ai-beauty]
may an offer be sent by wechat | no | purposes.marketing | PECR
[model]
may we send an appointment message | yes | messages.appointment | 6(1)(b)
may an offer be sent by email to someone who died | no | purposes.offers | 4(1)
may a charges message be sent by email | no | messages |
[private-clinic]
may an advertising cookie be set | no | cookies.uses.advertising.providers | PECR
may a usage cookie be set | no | cookies.uses.usage.needs | PECR
may a usage cookie be set if refused | no | cookies.uses.usage.needs | PECR
may a usage cookie be set once accepted | yes | cookies.uses.usage | PECR
may a cookie for tailoring be set | no | cookies.uses.behaviour.needs | PECR
[model]
may a strictly necessary cookie be set | yes | cookies.uses.strictly-necessary |
may an analytics cookie be set | no | cookies.uses | PECR
may photographs be given to the gp | no | recipients.gp.only-if |
may health be given to the gp with permission | yes | recipients.gp | 6(1)
may payments be given to the gp with permission | no | recipients.gp.gets | 5(1)(c)
may we give names to facebook | no | disclosures.otherwise |
may notes be given to the police by court order | yes | disclosures.unless |
[ai-beauty]
may web visits be given to taboola | no | recipients.taboola |
[model]
may a 17 year old have filler from a nurse | no | children.treated | 2021
may a 17-year-old have filler a doctor approved | yes | children.treated | 2021
may someone aged 25 have botulinum | no | children.treated | 2021
may someone aged 25 have botulinum, age proved | yes | children.treated | 2021
may a 16 year old have a peel | no | children.treated | 1969
may a 16 year old have a peel with a guardian | yes | children.treated | 1969
how long are photographs kept | for 8 years | retention.clinical | 5(1)(e)
how long do we keep payments | for 6 years | retention.payments | 5(1)(e)
may photographs be erased | no | retention.clinical | 17(3)
[ai-beauty]
may an enquiry be deleted | yes | rights.erasure | 17(1)
"""


def rows() -> Iterator[tuple[str, ...]]:
    """Yield policy, question, answer, clause and article of each line."""
    name = ""
    for line in QUESTIONS.strip().splitlines():
        if line.startswith("["):
            name = line.strip("[]")
        else:
            yield (name, *(part.strip() for part in f"{line} ".split("|")))


@pytest.mark.parametrize(
    ("name", "question", "says", "clause", "article"), list(rows())
)
def test_a_question_is_answered_in_one_sentence(
    name: str, question: str, says: str, clause: str, article: str
) -> None:
    decision = explain.answer(compile_pack(name), question.split(), on=TODAY)

    told = explain.sentence(decision, "1.2")
    assert decision.clause == clause
    assert article in decision.article
    assert f"(clause 1.2, {clause}" in told
    assert told.endswith(").")
    assert ". " not in told.replace("Sch. ", "")
    if says in ("yes", "no"):
        assert decision.allowed == (says == "yes")
        assert told.startswith(f"{says.capitalize()}: ")
    else:
        assert told.startswith("We keep this ")
        assert says in told


def test_what_is_not_understood_is_said_so() -> None:
    with pytest.raises(explain.NotUnderstood, match="names no role"):
        explain.answer(compile_pack("model"), ["fish"], on=TODAY)


def test_a_restricted_person_is_given_away_to_nobody() -> None:
    policy = compile_pack("model")
    restricted = Facts(restricted=True, holds=frozenset({"permission-for-this"}))
    erased = Facts(locked=True)

    question = ["may", "health", "be", "given", "to", "the", "gp"]
    no = explain.answer(policy, question, on=TODAY, facts=restricted)
    gone = explain.answer(policy, question, on=TODAY, facts=erased)

    assert (no.allowed, no.clause) == (False, "rights.restriction")
    assert (gone.allowed, gone.clause) == (False, "rights.erasure")


def test_statistics_by_exception_wait_for_an_objection_only() -> None:
    use = "{purpose: accounts, party: first, needs: objection, exception: statistical}"
    policy = model_with(f"cookies/uses/counting: {use}")

    assert decide(policy, "counting", on=TODAY).allowed
    assert not decide(policy, "counting", Visitor(objected=True), TODAY).allowed
    assert not decide(policy, "counting", Visitor(chose=True), TODAY).allowed
    early = decide(policy, "counting", on=date(2026, 2, 4))
    assert early.reason == "The exception it rests on is not in force yet."


def test_statistics_of_another_company_have_no_exception() -> None:
    use = "{purpose: accounts, party: third, needs: objection, exception: statistical}"
    policy = model_with(f"cookies/uses/counting: {use}")

    assert not decide(policy, "counting", on=TODAY).allowed


def test_what_nobody_says_how_long_to_keep_is_a_gap() -> None:
    policy = model_with("retention/feedback: -")

    decision = explain.answer(
        policy, ["how", "long", "is", "a", "review", "kept"], on=TODAY
    )

    assert not decision.allowed
    assert decision.clause == "retention"


def test_the_command_answers_and_says_yes_or_no_by_its_status(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert command.__name__ in COMMANDS
    assert main(["explain", *["may", "photographs", "be", "erased"]]) == 1
    assert capsys.readouterr().out.startswith("No: ")
    question = ["may", "an", "enquiry", "be", "deleted"]
    assert main(["explain", *question, "--policy", "ai-beauty"]) == 0
    assert capsys.readouterr().out.startswith("Yes: ")
    assert main(["explain", "fish"]) == 2
    assert "names no role" in capsys.readouterr().err
    assert main(["explain", "fish", "--policy", "no-such"]) == 2


def test_a_cookie_is_known_by_its_own_name_too() -> None:
    words = ["may", "a", "session", "cookie", "be", "set", "before", "a", "choice"]

    found = explain.answer(compile_pack("private-clinic"), words, on=TODAY)

    assert found.allowed
    assert found.clause == "cookies.uses.strictly-necessary"


def test_what_nothing_says_how_long_is_kept_is_said_without_a_no() -> None:
    words = ["how", "long", "are", "photographs", "kept"]

    found = explain.answer(compile_pack("dermaesthetics"), words, on=TODAY)

    assert not found.allowed
    assert explain.sentence(found).startswith("Nothing says how long we keep photo")
