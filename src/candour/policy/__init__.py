"""What a clinic promises, as one file: read, checked, compiled, decided, explained.

Plain Python: nothing here knows of Django or of a database.
"""
