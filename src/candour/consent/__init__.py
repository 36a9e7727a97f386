"""What people agreed to, with the words they saw; and what they said no to."""
