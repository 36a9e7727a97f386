from django.apps import AppConfig


class TrailConfig(AppConfig):
    name = "candour.trail"
    label = "trail"
