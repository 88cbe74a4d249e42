"""Addresses of the cases room. The case's own page is the desk's."""

from django.urls import path

from applications.cases.views import jav, steps

urlpatterns = [
    path("arenden/<uuid:key>/steg/<slug:action>/", steps.TakeStepView.as_view(), name="take-step"),
    path("arenden/<uuid:key>/handelser/", steps.ShowCaseEventsView.as_view(), name="show-case-events"),
    path("arenden/<uuid:key>/jav/", jav.DeclareJavView.as_view(), name="declare-jav"),
    path("arenden/<uuid:key>/jav/<uuid:person>/", jav.RuleOnJavView.as_view(), name="rule-on-jav"),
]
