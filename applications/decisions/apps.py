from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "applications.decisions"
    label = "decisions"
