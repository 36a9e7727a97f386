"""What people may ask of the clinic about their data: a copy, and erasure."""
