from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "applications.desk"
    label = "desk"

    def ready(self) -> None:
        from applications.desk import registrations  # once the apps are loaded

        registrations.register_all()
