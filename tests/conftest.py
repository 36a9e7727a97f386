"""What every test has: the clock, the database, and no way out to the network."""

import hypothesis

pytest_plugins = ["tests.browser", "tests.database", "tests.network"]

# Two cores are shared with everything else: slow is not wrong.
hypothesis.settings.register_profile("candour", deadline=None)
hypothesis.settings.load_profile("candour")
