"""Pages that are only read: front page, notice, cookies, and what machines fetch."""

import io
import re
from typing import Any

import psycopg
import pypdf
import pytest
from django.test import Client

from candour.catalogue.actions import replace_menu
from candour.notices.actions import publish
from candour.policy import render
from candour.policy.compile import compile_pack
from candour.policy.compiled.rules import Theme
from candour.public.views.home import css_of
from candour.web import words
from tests.factories import NOON, publish_policy
from tests.surfaces.visiting import text_of

pytestmark = pytest.mark.usefixtures("db")

READ = (
    "/",
    "/privacy/",
    "/privacy/notice.pdf",
    "/cookies/",
    "/enquiry/thanks/",
    "/brand.css",
    "/health",
    "/robots.txt",
    "/favicon.ico",
    "/mailbox/",
    "/your-data/sent/",
    "/nothing-here/",
)
PACKS = (
    "model",
    "ai-beauty",
    "cm-london-medical",
    "dermaesthetics",
    "private-clinic",
    "pro-aesthetics",
)


@pytest.fixture
def visitor() -> Client:
    publish_policy()
    return Client()


@pytest.mark.parametrize("path", READ)
def test_somebody_who_only_reads_gets_no_cookie(visitor: Client, path: str) -> None:
    answer = visitor.get(path)

    assert not answer.cookies
    assert not visitor.cookies


def test_a_form_sets_the_cookie_that_protects_it_and_no_other(visitor: Client) -> None:
    assert set(visitor.get("/enquiry/").cookies) == {"csrftoken"}
    assert set(visitor.get("/your-data/").cookies) == {"csrftoken"}


@pytest.mark.parametrize("path", [p for p in READ if p != "/nothing-here/"])
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_page_that_is_read_takes_no_other_method(
    visitor: Client, path: str, method: str
) -> None:
    answer = getattr(visitor, method)(path)

    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("path", READ)
def test_every_answer_carries_the_headers_that_protect_it(
    visitor: Client, path: str
) -> None:
    answer = visitor.get(path)

    allowed = answer["Content-Security-Policy"]
    assert "default-src 'self'" in allowed
    assert "unsafe-inline" not in allowed
    assert "frame-ancestors 'none'" in allowed
    assert "form-action 'self'" in allowed
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize(
    "path", ["/", "/privacy/", "/cookies/", "/enquiry/", "/your-data/"]
)
def test_nothing_stands_in_a_page_that_its_policy_would_block(
    pack: str, path: str
) -> None:
    publish_policy(pack)

    page = text_of(Client().get(path))

    assert not re.search(r"<script(?![^>]*\ssrc=)", page)
    assert not re.search(r"<[^>]*\son[a-z]+=", page)
    assert not re.search(r"<[^>]*\sstyle=|<style", page)
    sources = re.findall(r"<(?:script|link|img)[^>]*?(?:src|href)=\"([^\"]*)\"", page)
    assert sources
    assert all(s.startswith("/") for s in sources)


@pytest.mark.parametrize("pack", PACKS)
def test_every_clause_of_the_notice_is_on_the_page_with_its_number(pack: str) -> None:
    publish_policy(pack)
    told = render.notice(compile_pack(pack))

    page = text_of(Client().get("/privacy/"))

    for clause in told.clauses():
        assert f'id="c-{clause.number.replace(".", "-")}"' in page


@pytest.mark.parametrize("pack", PACKS)
def test_every_clause_that_a_page_cites_is_in_the_notice(pack: str) -> None:
    publish_policy(pack)
    visitor = Client()
    notice = text_of(visitor.get("/privacy/"))

    for path in ("/", "/enquiry/", "/cookies/", "/your-data/"):
        for anchor in re.findall(
            r'href="/privacy/#([^"]+)"', text_of(visitor.get(path))
        ):
            assert f'id="{anchor}"' in notice


def test_the_front_page_shows_what_is_on_offer_and_a_promise(visitor: Client) -> None:
    service = {"says": "A long talk.", "kind": "consultation", "minutes": 45}
    replace_menu(
        [
            {"code": "talk", "name": "First talk", **service, "price_pence": 9050},
            {
                "code": "filler",
                "name": "Filler <b>",
                **service,
                "price_pence": 138000,
                "price_from": True,
            },
            {"code": "laser", "name": "Laser", **service, "price_pence": None},
        ]
    )

    page = text_of(visitor.get("/"))

    assert "First talk" in page
    assert "£90.50" in page
    assert "Filler &lt;b&gt;" in page
    assert "from £1,380" in page
    assert "On consultation" in page
    promise = words.clause(compile_pack("model"), "photographs")
    assert promise is not None
    assert promise.paragraphs[0] in page
    assert "Clause 5.1" in page


def test_what_is_on_offer_can_be_asked_about(visitor: Client) -> None:
    service = {"says": "", "kind": "skin", "minutes": 5, "price_pence": None}
    replace_menu([{"code": "peel", "name": "Peel", **service}])

    page = text_of(visitor.get("/enquiry/"))

    assert 'name="topics" value="peel"' in page


def test_earlier_versions_stay_to_be_read(visitor: Client) -> None:
    first = publish_policy()
    publish_policy("ai-beauty")

    now = text_of(visitor.get("/privacy/"))
    then = text_of(visitor.get(f"/privacy/versions/{first.ref}/"))

    assert f"/privacy/versions/{first.ref}/" in now
    assert "This is an earlier version" in then
    assert "Version 2026-09" in then
    assert "This is an earlier version" not in now


@pytest.mark.parametrize("ref", ["0193a0b0-7c11-7d55-9c1a-2f6d0b8a1e11", "1", "x'--"])
def test_a_version_that_never_was_is_not_found(visitor: Client, ref: str) -> None:
    assert visitor.get(f"/privacy/versions/{ref}/").status_code == 404


def test_a_draft_says_what_is_still_to_be_decided() -> None:
    publish_policy("ai-beauty")
    open_ = compile_pack("ai-beauty").open_decisions

    page = text_of(Client().get("/privacy/"))

    assert f"{len(open_)} decisions still to be made" in page
    assert "its privacy policy is not published" in page


def test_the_notice_can_be_had_on_paper(visitor: Client) -> None:
    answer = visitor.get("/privacy/notice.pdf")

    paper = pypdf.PdfReader(io.BytesIO(answer.content))
    assert answer["Content-Type"] == "application/pdf"
    root: Any = paper.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "Privacy notice" in paper.pages[0].extract_text()


def test_the_cookie_page_names_every_cookie_that_is_set(visitor: Client) -> None:
    page = text_of(visitor.get("/cookies/"))

    assert "csrftoken" in page
    assert "sessionid" in page


def test_each_host_wears_its_own_brand() -> None:
    publish_policy("private-clinic")
    first, second = compile_pack("private-clinic").brands

    plain = text_of(Client().get("/brand.css"))
    other = text_of(Client().get("/brand.css", HTTP_HOST=f"{second.slug}.localhost"))

    assert f"--brand-accent: {first.theme.accent};" in plain
    assert f"--brand-accent: {second.theme.accent};" in other
    assert second.name in text_of(Client().get("/", HTTP_HOST="aurora.localhost:8000"))


def test_only_colours_get_into_the_style_sheet() -> None:
    css = css_of(
        Theme(paper="red;}body{background:url(//x)", ink="#ABCDEF", wash="#abc")
    )

    assert "--brand-ink: #ABCDEF;" in css
    assert "paper" not in css
    assert "wash" not in css
    assert "url" not in css


def test_a_host_that_is_not_ours_is_refused(visitor: Client) -> None:
    visitor.raise_request_exception = False

    assert visitor.get("/", HTTP_HOST="evil.example").status_code == 400


def test_health_says_that_all_is_well(visitor: Client) -> None:
    answer = visitor.get("/health")

    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "database": "reachable",
        "policy": {"name": "model", "version": "2026-09", "demo": True},
        "jobs": {"waiting": 0, "working": 0, "failed": 0},
    }


def test_health_counts_the_jobs_that_wait(
    visitor: Client, owner_sql: psycopg.Connection[Any]
) -> None:
    owner_sql.execute(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status,"
        " scheduled_at) VALUES ('default', 'a', '{}', 'todo', NULL),"
        " ('default', 'b', '{}', 'todo', now() + interval '1 day'),"
        " ('default', 'c', '{}', 'failed', NULL)"
    )

    jobs = visitor.get("/health").json()["jobs"]

    assert jobs == {"waiting": 1, "working": 0, "failed": 1}


def test_health_is_bad_while_no_policy_is_in_force() -> None:
    answer = Client().get("/health")

    assert (answer.status_code, answer.json()["status"]) == (503, "no-policy")
    assert Client().get("/").status_code == 503


def test_robots_are_kept_out_of_a_demonstration(visitor: Client) -> None:
    assert text_of(visitor.get("/robots.txt")) == "User-agent: *\nDisallow: /\n"


@pytest.mark.parametrize("path", ["/enquiry/", "/your-data/"])
def test_a_browser_names_itself_when_it_sends_a_form(
    visitor: Client, path: str
) -> None:
    """Under "no-referrer" it would send the origin "null", and be refused."""
    assert visitor.get(path)["Referrer-Policy"] == "same-origin"


def test_robots_may_read_a_clinic_that_is_open_but_nobodys_own_pages() -> None:
    publish(policy=compile_pack("model"), by="test", at=NOON)

    told = text_of(Client().get("/robots.txt"))

    assert "Disallow: /your-data/\n" in told
    assert "Disallow: /\n" not in told
    assert "its privacy policy is not published" not in text_of(Client().get("/"))


def test_the_cookie_page_says_what_is_not_set_today() -> None:
    publish_policy("ai-beauty")

    assert "Not set today" in text_of(Client().get("/cookies/"))
