from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "candour.records"
    label = "records"
