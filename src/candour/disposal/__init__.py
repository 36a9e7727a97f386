"""Collecting, erasing and re-reading what is held about one person, by the register.

`collect` reads it all for a copy; `plan` says what an erasure would take; `erase` takes
it in one transaction; `certify` reads everything again and writes down what it found.
"""
