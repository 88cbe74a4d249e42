from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "applications.decisions"
    label = "decisions"

    def ready(self) -> None:
        from applications.decisions import registrations  # once the apps are loaded

        registrations.register_all()
