"""Decoding and encoding anew, in a process apart: see `candour.files.pot`.

Nothing here knows of Django, of keys or of people. What is imported here is imported
only in that process.
"""
