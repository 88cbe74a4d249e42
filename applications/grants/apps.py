from django.apps import AppConfig


class GrantsConfig(AppConfig):
    name = "applications.grants"
    label = "grants"
