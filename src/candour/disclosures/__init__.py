"""What left the clinic: to whom, on what ground, which fields, and who was told."""
