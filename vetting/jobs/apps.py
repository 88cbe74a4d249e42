from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "vetting.jobs"
    label = "jobs"
