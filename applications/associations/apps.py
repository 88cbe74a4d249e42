from django.apps import AppConfig


class AssociationsConfig(AppConfig):
    name = "applications.associations"
    label = "associations"

    def ready(self) -> None:
        from applications.associations import registrations  # once the apps are loaded

        registrations.register_all()
