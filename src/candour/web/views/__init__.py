"""Views that belong to no surface."""

from candour.web.views.machines import favicon, health, robots

__all__ = ["favicon", "health", "robots"]
