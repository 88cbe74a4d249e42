from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "applications.cases"
    label = "cases"

    def ready(self) -> None:
        from applications.cases import registrations  # once the apps are loaded

        registrations.register_all()
