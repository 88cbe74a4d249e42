from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "vetting.files"
    label = "files"
