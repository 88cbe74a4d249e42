from django.urls import path

from vetting.jobs.views import ListJobsView, ShowJobView

urlpatterns = [
    path("jobb/", ListJobsView.as_view(), name="list-jobs"),
    path("jobb/<uuid:key>/", ShowJobView.as_view(), name="show-job"),
]
