"""Sign-in pages, wired one by one from allauth; nothing of it is reachable that is not named here."""

from allauth.account import views
from django.urls import path

from vetting.accounts.about import AccessibilityView, GlossaryView, ShortcutsView
from vetting.accounts.views import ChangePasswordView, SetLanguageView, StartView

urlpatterns = [
    path("", StartView.as_view(), name="start"),
    path("konto/logga-in/", views.login, name="account_login"),
    path("konto/logga-ut/", views.logout, name="account_logout"),
    path("konto/losenord/", ChangePasswordView.as_view(), name="account_change_password"),
    path("konto/bekrafta/", views.reauthenticate, name="account_reauthenticate"),
    path("sprak/", SetLanguageView.as_view(), name="set-language"),
    path("ordlista/", GlossaryView.as_view(), name="glossary"),
    path("kortkommandon/", ShortcutsView.as_view(), name="shortcuts"),
    path("tillganglighet/", AccessibilityView.as_view(), name="accessibility"),
]
