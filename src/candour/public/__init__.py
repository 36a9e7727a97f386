"""The public site: notice, enquiry, data requests."""
