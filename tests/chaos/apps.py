from django.apps import AppConfig


class ChaosConfig(AppConfig):
    """Lets a worker of its own process know the tests' kind of obligation."""

    name = "tests.chaos"
    label = "chaos"

    def ready(self) -> None:
        from tests.factories import obligations  # once the apps are loaded

        obligations.install()
