"""What starts Candour: its settings, its database, its processes and its commands."""
