from django.apps import AppConfig


class AssociationsConfig(AppConfig):
    name = "applications.associations"
    label = "associations"
