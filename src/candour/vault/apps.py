from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "candour.vault"
    label = "vault"
