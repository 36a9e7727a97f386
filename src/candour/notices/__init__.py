"""Which policy is in force, and which version of the notice each person was shown."""
