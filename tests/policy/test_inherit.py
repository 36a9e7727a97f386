"""What a policy takes from the one it extends, and what it never does."""

from candour.policy.compile import Policy
from candour.policy.terms import Reach, Source
from tests.policy.written import BASE, policy, problem, problems, whole

MODEL = BASE + (
    """\
  identity: {covers: [messages], keep: P2Y, always: true}
marketing:
  topics: [offers]
  never-uses: [special]
  stop: {by: [link], to: privacy, effect: at-once}
breach: {tell-ico: law, always: true}
links: {advice: read-their-notice}
notice: {audience: [patients], reviewed: 2026-09-01}
cookies:
  page: true
  uses:
    basket:
      purpose: enquiry
      needs: nothing
      always: true
      reviewed: {by: manager, on: 2026-09-01}
    figures: {purpose: enquiry, needs: choice}
security:
  trail: {reads: true, always: true}
  controls:
    locks:
      {says: Locks, owner: manager, reviewed: {by: manager, on: 2026-09-01}}
  monitoring: continuous
premises:
  cctv: {signs: true}
  calls: {announced: true}
photographs: {publish: {any-of: [explicit-consent], only-if: [reviewed-by-person]}}
rights:
  to: [privacy]
  access: {fee: none, always: true}
  erasure: {fee: none}
"""
).replace("purposes:\n", "purposes:\n  care: {basis: contract, uses: [identity]}\n")


def extended(extra: str = "") -> Policy:
    return policy(extra, MODEL)


def test_a_named_entry_is_completed_and_says_where_each_value_is_from() -> None:
    taken = extended("premises: {cctv: {}}\n")

    fact = taken.value("premises.cctv.signs")
    assert fact is not None
    assert (fact.value, fact.source) == (True, Source.MODEL)
    assert fact.place.startswith("base/policy.yaml:")


def test_an_entry_that_is_not_named_is_not_there() -> None:
    taken = extended("premises: {cctv: {}}\n")

    assert taken.value("premises.calls.announced") is None
    assert "care" not in taken.purposes
    assert taken.value("links.advice") is None


def test_an_entry_that_is_always_there_is_added_unnamed() -> None:
    taken = extended()

    assert taken.value("breach.tell-ico") is not None
    assert taken.value("cookies.uses.basket.needs") is not None
    assert taken.value("cookies.uses.figures.needs") is None
    assert taken.value("cookies.page") is None
    assert taken.value("security.trail.reads") is not None
    assert taken.value("security.monitoring") is None
    assert taken.value("rights.access.fee") is not None
    assert {rule.name for rule in taken.retention} == {"enquiries", "identity"}


def test_lists_replace_and_maps_merge() -> None:
    taken = extended("marketing: {topics: [news], stop: {by: [reply]}}\n")

    assert taken.marketing.topics == ("news",)
    assert taken.marketing.stop_by == ("reply",)
    stated = taken.value("marketing.stop.effect")
    assert stated is not None
    assert stated.source is Source.MODEL
    assert taken.marketing.never_uses


def test_who_is_written_to_is_never_inherited() -> None:
    taken = extended("marketing: {}\nrights: {}\n")

    assert taken.value("marketing.stop.to") is None
    assert taken.value("rights.to") is None
    assert taken.clinic == "Zephyr"
    assert [brand.slug for brand in taken.brands] == ["zephyr"]


def test_a_choice_between_ways_is_replaced_whole() -> None:
    taken = extended("photographs: {publish: {never: special-category}}\n")

    assert taken.value("photographs.publish.never") is not None
    assert taken.value("photographs.publish.any-of") is None


def test_like_completes_from_an_entry_of_another_name() -> None:
    taken = extended().purposes
    named = policy(
        """\
        recipients: {}
        """,
        MODEL,
    )
    assert "front-desk" not in {*taken, *named.purposes}

    text = whole(head=_EXTENDS).replace(
        "messages:\n", "  front-desk: {like: enquiry, by: {visitor: none}}\nmessages:\n"
    )
    found = _compiled(text).purposes["front-desk"]

    assert found.kind == "enquiry"
    assert found.basis == "contract"
    assert found.by == {"reception": Reach.DAY, "system": Reach.ALL}


def test_like_that_leads_nowhere_is_a_mistake_with_the_nearest_name() -> None:
    text = whole(head=_EXTENDS).replace(
        "messages:\n", "  desk: {like: enquirry, basis: contract}\nmessages:\n"
    )

    found = problem(text, MODEL)

    assert found.key == "purposes.desk.like"
    assert found.suggestion == "Did you mean 'enquiry'?"


def test_a_decision_replaces_what_the_model_says_and_the_other_way_round() -> None:
    opened = extended("marketing: {stop: {in-flight: {decide: how soon?}}}\n")
    closed = policy(
        "ownership: {sale-of-data: never}\n",
        MODEL + "ownership: {sale-of-data: {decide: ours, meanwhile: never}}\n",
    )

    assert [one.key for one in opened.open_decisions] == ["marketing.stop.in-flight"]
    assert closed.open_decisions == ()


def test_a_section_that_is_no_map_is_a_mistake_and_no_traceback() -> None:
    for section in ("purposes", "rights", "cookies", "marketing", "retention"):
        found = problems(whole(f"{section}: words\n", head=_EXTENDS), MODEL)
        assert any(one.key.partition(".")[0] == section for one in found)


def test_a_section_that_is_always_there_brings_only_its_own_entries() -> None:
    model = MODEL.replace("  page: true\n", "  page: true\n  always: true\n")

    taken = policy("", model)

    assert taken.value("cookies.page") is not None
    assert taken.value("cookies.uses.basket.needs") is not None
    assert taken.value("cookies.uses.figures.needs") is None


_EXTENDS = """\
candour: 1
policy: zephyr
extends: base
version: "1"
effective: 2026-09-01
"""


def _compiled(text: str) -> Policy:
    from candour.policy.compile import compile_sources
    from tests.policy.written import sources

    return compile_sources(sources(text, MODEL))


def test_nobodys_review_is_anothers() -> None:
    taken = extended("security: {controls: {}}\nnotice: {}\n")

    assert taken.value("cookies.uses.basket.needs") is not None
    assert taken.value("cookies.uses.basket.reviewed.on") is None
    assert taken.value("security.controls.locks.owner") is not None
    assert taken.value("security.controls.locks.reviewed.on") is None
    assert taken.value("notice.audience") is not None
    assert taken.value("notice.reviewed") is None


def test_a_review_of_ones_own_stays() -> None:
    own = "cookies: {uses: {basket: {reviewed: {by: manager, on: 2026-10-02}}}}\n"

    fact = extended(own).value("cookies.uses.basket.reviewed.by")

    assert fact is not None
    assert (fact.value, fact.source) == ("manager", Source.STATED)
