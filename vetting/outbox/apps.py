from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "vetting.outbox"
    label = "outbox"
