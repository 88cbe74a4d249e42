from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "vetting.outbox"
    label = "outbox"

    def ready(self) -> None:
        from vetting.outbox import registrations  # once the apps are loaded

        registrations.register_all()
