"""The desk: enquiries and open data requests, for staff."""
