"""What the documents say is so."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SETTING = re.compile(
    r"(?:environ(?:\.get\(|\[)|secret\()\s*\"([A-Z][A-Z_]+)\"", re.MULTILINE
)
INTERNAL = {"DJANGO_SETTINGS_MODULE"}
LINK = re.compile(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)")
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_every_setting_is_in_the_installation_guide() -> None:
    source = "\n".join(
        path.read_text() for path in (ROOT / "src/candour/config").glob("*.py")
    )
    read = set(SETTING.findall(source)) - INTERNAL
    guide = (ROOT / "docs/install.md").read_text()

    assert read
    assert [name for name in sorted(read) if f"`{name}`" not in guide] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(path: Path) -> None:
    targets = LINK.findall(path.read_text())

    assert [t for t in targets if not (path.parent / t).exists()] == []


def test_decisions_are_numbered_as_their_files() -> None:
    for path in sorted((ROOT / "docs/adr").glob("*.md")):
        number = int(path.name[:4])
        assert path.read_text().startswith(f"# {number}. "), path.name


@pytest.mark.parametrize(
    "where",
    re.findall(r"^\| `([a-z]+)`", (ROOT / "docs/architecture.md").read_text(), re.M),
)
def test_every_layer_of_the_drawing_exists(where: str) -> None:
    assert (ROOT / "src/candour" / where).is_dir()


def test_the_readme_is_one_screen() -> None:
    assert len((ROOT / "README.md").read_text().splitlines()) <= 60


def test_no_document_or_source_names_this_machine_or_a_registry() -> None:
    words = re.compile(r"pypi\.org|files\.pythonhosted|registry\.npmjs|\.\./shared")
    found = [
        str(path.relative_to(ROOT))
        for folder in ("src", "docs", "policies", "requirements", "benchmarks")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".md", ".yaml", ".txt", ".toml", ".html", ".json"}
        and words.search(path.read_text(errors="ignore"))
    ]

    assert found == []
