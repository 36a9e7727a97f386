"""The queue: jobs are rows in the same PostgreSQL, enqueued by the caller's transaction."""
