from django.apps import AppConfig


class ExamplesConfig(AppConfig):
    name = "applications.examples"
    label = "examples"
