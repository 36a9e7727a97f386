"""The desk: where staff sign in, answer enquiries and see data requests."""
