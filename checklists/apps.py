from django.apps import AppConfig


class ChecklistsConfig(AppConfig):
    name = "checklists"
    label = "checklists"

    def ready(self) -> None:
        from checklists import verbs
        from checklists.access import register_access

        verbs.register_all()
        register_access()
