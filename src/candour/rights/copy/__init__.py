"""A copy of everything held about a person: collected, packed, sealed, handed over."""
