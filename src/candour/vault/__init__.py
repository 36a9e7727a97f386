"""Keys for each person and record class, and the sealing of values and files."""
