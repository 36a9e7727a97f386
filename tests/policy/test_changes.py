"""What changes for a person between two policies, and whether they must be told."""

import json
from pathlib import Path

import pytest

from candour.policy.changes import Weight, between, must_tell
from candour.policy.compile import compile_pack
from candour.policy.load import default_root
from tests.policy.lint.cases import CLINICS, model_with
from tests.policy.test_command import run

MODEL = compile_pack("model")

# What is written into the model | what it says, in part. The key of the change is that
# of the line, or a part of it.
MORE = """
collects/genetics: {of: [patient], from: [consultation]} | also collect genetic
forms/enquiry/requires: [contact.phone] | now needs phone number
purposes/zed: {basis: contract, uses: [enquiry]} | in a new way, for zed
purposes/feedback/basis: contract | reason for using your data
purposes/feedback/uses: [identity, contact, feedback] | also use
purposes/offers/profiling: true | build a picture of you
purposes/enquiry/by: {finance: day, manager: day, reception: day} | Finance may now
messages/charges: {purpose: payment, channels: [email]} | a new reason
messages/offer/channels: [email, sms, wechat] | by WeChat
messages/recall/after-stop: sent | does not end
marketing/topics: [offers, newsletters, treatments, prizes] | about prizes
marketing/permission/customer/any-of: [consent, soft-opt-in] | bought from us
marketing/stop/by: [link] | no longer stop marketing by a reply
marketing/never-uses: [] | may now use
recipients/zed: {name: Zed, kind: delivery, role: processor, gets: [contact]} | to Zed
recipients/gp/gets: [identity, health, images] | We also give your GP this: images
recipients/gp/country: FR | another country: France
retention/clinical/keep: P10Y | for 10 years
rights/access/within: P6W | now answer within 42 days
cookies/uses/zed: {purpose: offers, needs: choice} | if you say yes
ownership/change-of-control: tell-people-after | afterwards
notice/changes/email: never | never
"""
ROWS = [tuple(line.split(" | ")) for line in MORE.strip().splitlines()]


@pytest.mark.parametrize(("change", "says"), ROWS)
def test_what_asks_more_is_told_and_its_contrary_is_not(change: str, says: str) -> None:
    changed = model_with(change)
    key = change.partition(": ")[0].replace("/", ".")

    there, back = between(MODEL, changed), between(changed, MODEL)

    assert any(says in one.sentence for one in must_tell(there)), there
    for changes in (there, back):
        assert all(one.sentence.endswith(".") for one in changes)
        assert any(key.startswith(one.key.split(".")[0]) for one in changes)
    assert any(one.weight is Weight.LESS for one in back), back


def test_cookies_that_no_longer_wait_are_told() -> None:
    waiting = model_with("cookies/uses/zed: {purpose: offers, needs: choice}")
    at_once = model_with("cookies/uses/zed: {purpose: offers, needs: nothing}")

    [told] = between(waiting, at_once)
    [back] = between(at_once, waiting)

    assert (told.key, told.weight) == ("cookies.uses.zed.needs", Weight.MORE)
    assert told.sentence == (
        "Cookies set for this reason no longer wait for your choice: zed."
    )
    assert back.weight is Weight.LESS


def test_how_long_something_is_kept_that_is_not_collected_is_left_out() -> None:
    changed = model_with("retention/proof/keep: P30D")

    assert between(MODEL, changed) == ()


@pytest.mark.parametrize("name", [*CLINICS, "model"])
def test_nothing_changes_between_a_policy_and_itself(name: str) -> None:
    assert between(compile_pack(name), compile_pack(name)) == ()


@pytest.mark.parametrize("old", CLINICS)
def test_every_pair_of_clinics_can_be_compared(old: str) -> None:
    for new in CLINICS:
        if new != old:
            changes = between(compile_pack(old), compile_pack(new))
            assert must_tell(changes)
            assert len({(one.key, one.sentence) for one in changes}) == len(changes)


def test_a_wider_use_by_consent_asks_everybody_again() -> None:
    wider = model_with("purposes/offers/uses: [identity, contact, interests, enquiry]")

    said = [one.sentence for one in between(MODEL, wider)]

    assert any("we ask you again" in one for one in said)


def test_a_narrower_use_by_consent_asks_nobody_again() -> None:
    narrower = model_with("purposes/offers/uses: [identity.name]")

    assert must_tell(between(MODEL, narrower)) == ()


def test_a_new_address_to_write_to_is_neither_more_nor_less() -> None:
    moved = model_with("contacts/privacy/email: [new@quillane.example]")

    [only] = between(MODEL, moved)

    assert only.weight is Weight.SAME
    assert only.sentence == "You reach us at new@quillane.example."


@pytest.fixture
def longer(tmp_path: Path) -> str:
    """Return a file: the model, keeping records for ten years."""
    text = (default_root() / "model" / "policy.yaml").read_text(encoding="utf-8")
    file = tmp_path / "longer.yaml"
    file.write_text(text.replace("keep: P8Y", "keep: P10Y"), encoding="utf-8")
    return str(file)


def test_the_command_says_whether_people_must_be_told(
    longer: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("diff", "model", longer) == 1
    assert "People must be told of 1 of 1 changes" in capsys.readouterr().out
    assert run("diff", longer, "model") == 0
    assert "Nobody has to be told" in capsys.readouterr().out
    assert run("diff", "model", "model") == 0
    assert capsys.readouterr().out == "Nothing changes for anybody.\n"


def test_the_command_prints_json(
    longer: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run("diff", "model", longer, "--json")

    told = json.loads(capsys.readouterr().out)
    assert told["tell"] is True
    assert [row["key"] for row in told["changes"]] == ["retention.clinical"]
