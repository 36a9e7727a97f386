"""The address of the rendered pages."""

import http.server
import threading
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session")
def shelf() -> Iterator[str]:
    """Serve every page; yield the address. Links on them lead nowhere."""
    # Django is set up by now; it is not when this file is first read.
    from django.test import override_settings

    from tests.look.shelf import Shelf, rendered

    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    with override_settings(
        ROOT_URLCONF="tests.look.addresses",
        STORAGES={"staticfiles": {"BACKEND": plain}},
    ):
        Shelf.pages = rendered()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Shelf)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()
