from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "applications.cases"
    label = "cases"
