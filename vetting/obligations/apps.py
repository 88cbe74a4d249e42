from django.apps import AppConfig


class ObligationsConfig(AppConfig):
    name = "vetting.obligations"
    label = "obligations"

    def ready(self) -> None:
        from vetting.obligations import registrations  # once the apps are loaded

        registrations.register_all()
