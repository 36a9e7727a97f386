"""The front desk's questions: received, read, answered."""
