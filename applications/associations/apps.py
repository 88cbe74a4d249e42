from django.apps import AppConfig


class AssociationsConfig(AppConfig):
    name = "applications.associations"
    label = "associations"

    def ready(self) -> None:
        from applications.associations import verbs  # registered once the apps are loaded

        verbs.register_all()
