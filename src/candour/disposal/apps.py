from django.apps import AppConfig


class DisposalConfig(AppConfig):
    name = "candour.disposal"
    label = "disposal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from candour.disposal import checks  # noqa: F401 - registers the checks
