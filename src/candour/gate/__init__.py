"""The gate: every use of personal data is one unit of work, opened here or refused."""
