from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "vetting.accounts"
    label = "accounts"

    def ready(self) -> None:
        from vetting.accounts import verbs  # registered once the apps are loaded

        verbs.register_all()
