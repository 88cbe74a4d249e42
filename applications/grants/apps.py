from django.apps import AppConfig


class GrantsConfig(AppConfig):
    name = "applications.grants"
    label = "grants"

    def ready(self) -> None:
        from applications.grants import registrations  # once the apps are loaded

        registrations.register_all()
