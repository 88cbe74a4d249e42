from django.apps import AppConfig


class RentalsConfig(AppConfig):
    name = "applications.rentals"
    label = "rentals"

    def ready(self) -> None:
        from applications.rentals import registrations  # once the apps are loaded

        registrations.register_all()
