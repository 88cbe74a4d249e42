from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "vetting.kernel"
    label = "kernel"

    def ready(self) -> None:
        from vetting.kernel import checks, logs  # noqa: F401 - checks register themselves with Django

        logs.configure()
