"""What the clinic offers, where."""
