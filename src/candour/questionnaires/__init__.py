"""The clinic's forms: versioned, built at the desk, filled by or for a patient."""
