"""What is done with letters, by noun."""
