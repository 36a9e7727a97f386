"""What people ask of their data: a copy, or erasure."""
