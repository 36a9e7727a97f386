from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "candour.desk"
    label = "desk"
