"""The desk's pages."""
from tests.look.cast import Page
PAGES: dict[str, Page] = {}
