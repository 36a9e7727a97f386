"""What anybody sees: the clinic, its notice, the enquiry form, requests about data."""
