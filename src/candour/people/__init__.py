"""Data subjects: who they are, how to reach them, and where they stand."""
