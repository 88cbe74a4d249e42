"""The demo's own pages. `vetting.urls` includes them when `settings.DEMO` is on, and never otherwise."""

from django.urls import path, re_path

from vetting.embedded.demo_views import ListMailsView, MoveClockView, ShowMailView
from vetting.embedded.mailbox import NAME

urlpatterns = [
    path("post/", ListMailsView.as_view(), name="list-mails"),
    re_path(rf"^post/(?P<name>{NAME.pattern.replace('(', '(?:')})/$", ShowMailView.as_view(), name="show-mail"),
    path("klocka/", MoveClockView.as_view(), name="move-clock"),
]
