"""Vetting: the project and the ground. Knows no grant and no venue."""

from vetting.celery import app as celery_app

__all__ = ["celery_app"]
