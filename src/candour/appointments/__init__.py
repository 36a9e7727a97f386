"""The diary: visits, who works when, the waiting list, and when to come back."""
