"""The styles and the templates name the same things."""

import re
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "candour"
CLASS_IN_CSS = re.compile(r"\.([a-z][a-z0-9-]*)")
CLASS_IN_HTML = re.compile(r'class="([^"]*)"')
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
INLINE = re.compile(
    r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*(src=|application/json))"
)


def styled() -> set[str]:
    """Return every class that a stylesheet has a rule for."""
    found: set[str] = set()
    for sheet in SOURCE.glob("*/static/**/*.css"):
        bare = re.sub(r"/\*.*?\*/|\"[^\"]*\"", "", sheet.read_text(), flags=re.DOTALL)
        for selector in re.findall(r"([^{};]+)\{", bare):
            found.update(CLASS_IN_CSS.findall(selector))
    return found


def used() -> set[str]:
    """Return every class that a page, or the script, gives to something."""
    found = {"counter", "cite"}  # made by web.js and by `{% cite %}`
    for page in SOURCE.glob("*/templates/**/*.html"):
        for names in CLASS_IN_HTML.findall(TAG.sub(" ", page.read_text())):
            found.update(names.split())
    return found


def test_every_class_on_a_page_has_a_rule_and_every_rule_a_page() -> None:
    assert used() - styled() == set()
    assert styled() - used() == set()


def test_no_page_carries_a_style_or_a_script_inside() -> None:
    for page in SOURCE.glob("*/templates/**/*.html"):
        assert not INLINE.search(page.read_text()), page.name
