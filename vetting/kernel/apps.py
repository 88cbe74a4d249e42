from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "vetting.kernel"
    label = "kernel"

    def ready(self) -> None:
        from vetting.kernel import checks  # noqa: F401 - registers itself with Django
