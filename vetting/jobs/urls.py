from django.urls import path

from vetting.jobs.views import ShowJobView

urlpatterns = [path("jobb/<uuid:key>/", ShowJobView.as_view(), name="show-job")]
