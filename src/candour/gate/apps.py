from django.apps import AppConfig


class GateConfig(AppConfig):
    name = "candour.gate"
    label = "gate"

    def ready(self) -> None:
        """Load the start-up checks."""
        from candour.gate import checks  # noqa: F401
