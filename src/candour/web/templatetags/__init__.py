"""Template tags every surface may load."""
