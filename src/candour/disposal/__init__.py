"""Walks the register: collects, plans, erases, reads again, certifies."""
