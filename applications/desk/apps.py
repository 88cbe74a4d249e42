from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "applications.desk"
    label = "desk"
