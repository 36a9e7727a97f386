"""Messages: queued in the caller's transaction, sent by a job, never lost."""
