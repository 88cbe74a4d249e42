from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "vetting.kernel"
    label = "kernel"
