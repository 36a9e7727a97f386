"""One person's whole way through each clinic, in a browser, with real mail and jobs.

She asks two questions and says that the address is hers; reception reads them,
marketing is refused by clause and cannot; she has a copy of everything; she is erased;
the certificate says what was found; the trail holds. The same code runs all five.
"""

import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from candour.accounts.actions import add_staff
from candour.catalogue.actions import replace_menu
from candour.cli.furnish import menu
from candour.core import clock
from candour.trail.seal import seal
from candour.trail.verify import verify
from tests.factories import publish_policy
from tests.journeys.world import Inbox, work
from tests.surfaces.desk import PASSWORD, digits, give_app

CLINICS = (
    "ai-beauty",
    "cm-london-medical",
    "dermaesthetics",
    "private-clinic",
    "pro-aesthetics",
)
NAME = "Zephyrine Quillfeather"
EMAIL = "zephyrine.quillfeather@example.org"
AGAIN = "And how long does it take?"
QUESTION = "Redness? <script>alert(1)</script> ' OR 1=1 -- Żółć שלום"
ANSWERS = {
    "name": NAME,
    "email": EMAIL,
    "phone": "020 7946 0417",
    "postcode": "W1G 7HZ",
    "message": QUESTION,
}

pytestmark = pytest.mark.usefixtures("db")


@pytest.mark.browser
@pytest.mark.parametrize("clinic", CLINICS)
def test_from_enquiry_to_erasure(
    clinic: str,
    visit: Any,
    inbox: Inbox,
    owner_sql: psycopg.Connection[Any],
    tmp_path: Path,
) -> None:
    publish_policy(clinic, at=clock.now())
    replace_menu(menu(clinic))

    hers: BrowserContext = visit(accept_downloads=True)
    ask(hers.new_page(), QUESTION)
    work()
    assert inbox.newest()["To"] == EMAIL
    assert NAME not in str(inbox.newest()["Subject"])
    say_that_the_address_is_hers(hers.new_page(), inbox)
    known = ask(hers.new_page(), AGAIN)
    work()

    reception_reads_it(visit())
    marketing_is_refused(visit())
    copy = have_a_copy(hers.new_page(), inbox, known, tmp_path)
    assert {QUESTION, AGAIN} <= texts(copy)

    assert "public.people_person.name" in places_that_name_her(owner_sql)
    certificate = be_erased(hers.new_page(), inbox)
    assert "What you asked us to erase is gone" in certificate
    assert places_that_name_her(owner_sql) == []
    seal(at=clock.now())
    assert verify(owner_sql).problems == []


def ask(page: Page, question: str) -> str:
    """Fill in whatever this clinic's form asks, tick nothing, and send it.

    Return what the clinic knows of her besides her name: what it asks one day.
    """
    page.goto("/enquiry/")
    clean(page)
    assert page.locator("input:checked").count() == 0
    given = {
        name: answer
        for name, answer in {**ANSWERS, "message": question}.items()
        if page.locator(f"[name={name}]").count()
    }
    for name, answer in given.items():
        page.fill(f"[name={name}]", answer)
    page.get_by_role("button", name="Send my question").click()
    page.wait_for_url("**/enquiry/thanks/")
    clean(page)
    today = clock.local_date(clock.now()).isoformat()
    return given.get("phone") or given.get("postcode") or today


def say_that_the_address_is_hers(page: Page, inbox: Inbox) -> None:
    """Answer the first letter by its link."""
    page.goto(inbox.link(holding="/your-address/"))
    clean(page)
    page.get_by_role("button", name="Yes, that was me").click()
    page.get_by_role("heading", name="This address is yours").wait_for()
    clean(page)


def texts(copy: Any) -> set[str]:
    """Return every text that stands anywhere in a copy's data."""
    if isinstance(copy, str):
        return {copy}
    inside = copy.values() if isinstance(copy, dict) else copy
    if not isinstance(copy, dict | list):
        return set()
    return {text for part in inside for text in texts(part)}


def say_who_asks(page: Page, known: str) -> None:
    """Answer what two records at one address leave in doubt."""
    clean(page)
    page.fill("[name=name]", NAME)
    page.fill("[name=detail]", known)
    page.get_by_role("button", name="Go on").click()
    page.wait_for_load_state()


def sign_in(context: BrowserContext, role: str) -> Page:
    """Sign in as staff do: a password, then six digits."""
    staff = add_staff(
        email=f"{role}@clinic.example",
        name=f"{role.capitalize()} Thistlewood",
        roles=[role],
        at=clock.now() - timedelta(days=30),
        password=PASSWORD,
    )
    secret = give_app(staff)
    page = context.new_page()
    page.goto("/desk/")
    page.fill("[name=login]", staff.user.email)
    page.fill("[name=password]", PASSWORD)
    page.locator("main button").first.click()
    page.wait_for_selector("[name=code]")
    page.fill("[name=code]", digits(secret))
    page.locator("main button").first.click()
    page.wait_for_url("**/desk/")
    return page


def reception_reads_it(context: BrowserContext) -> None:
    """Open the inbox and the enquiry: it stands there as it was written."""
    page = sign_in(context, "reception")
    page.goto("/desk/enquiries/")
    clean(page)
    page.get_by_role("link", name=NAME).last.click()
    page.wait_for_url("**/desk/enquiries/*/")
    assert QUESTION in page.locator("main").inner_text()
    clean(page)


def marketing_is_refused(context: BrowserContext) -> None:
    """The inbox names the clause that refuses, and shows nobody."""
    page = sign_in(context, "marketing")
    answer = page.goto("/desk/enquiries/")
    assert answer is not None
    assert answer.status == 403
    assert page.get_by_role("link", name="Clause 3").count()
    assert NAME not in page.content()
    clean(page)


def follow(page: Page, inbox: Inbox, kind: str) -> None:
    """Ask for a copy or erasure and come back by the link in the letter."""
    page.goto("/your-data/")
    clean(page)
    page.check(f"[name=kind][value={kind}]")
    page.fill("[name=email]", EMAIL)
    page.get_by_role("button", name="Send me the link").click()
    page.wait_for_url("**/your-data/sent/")
    work()
    page.goto(inbox.link(holding="/your-data/link/"))
    clean(page)
    page.locator("main form button").first.click()
    page.wait_for_url("**/your-data/*-*/")


def have_a_copy(page: Page, inbox: Inbox, known: str, folder: Path) -> Any:
    """Ask for the copy, say who asks, fetch it and open it; return its data."""
    follow(page, inbox, "access")
    say_who_asks(page, known)
    work()
    page.reload()
    clean(page)
    with page.expect_download() as fetched:
        page.get_by_role("button", name="Download my copy").click()
    fetched.value.save_as(folder / "copy.zip")
    with zipfile.ZipFile(folder / "copy.zip") as archive:
        assert archive.testzip() is None
        assert {"index.html", "data.json", "schema.json"} <= set(archive.namelist())
        read = io.TextIOWrapper(archive.open("index.html"), encoding="utf-8").read()
        assert NAME in read
        return json.loads(archive.read("data.json"))


def be_erased(page: Page, inbox: Inbox) -> str:
    """See the plan, go on, and return what the certificate says."""
    follow(page, inbox, "erasure")
    clean(page)
    assert "Nothing has happened yet" in page.locator("main").inner_text()
    certificate = inbox.link(holding="/your-data/certificate/")
    page.get_by_role("button", name="Erase").click()
    page.wait_for_load_state()
    work()
    page.goto(certificate)
    clean(page)
    return page.locator("main").inner_text()


def places_that_name_her(owner: psycopg.Connection[Any]) -> list[str]:
    """Look for her in every text, JSON and bytes column of every table."""
    columns = owner.execute(
        "SELECT table_schema, table_name, column_name FROM information_schema.columns"
        " WHERE table_schema IN ('public', 'vault') AND data_type IN"
        " ('text', 'character varying', 'jsonb', 'ARRAY', 'bytea')"
    ).fetchall()
    return [
        f"{schema}.{table}.{column}"
        for schema, table, column in columns
        if owner.execute(
            f'SELECT FROM "{schema}"."{table}"'
            f' WHERE "{column}"::text ILIKE ANY (%s) LIMIT 1',
            [["%zephyrine%", "%quillfeather%"]],
        ).fetchone()
        is not None
    ]


def clean(page: Page) -> None:
    """Hold the page to WCAG 2.2 AA as far as a machine can tell."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
