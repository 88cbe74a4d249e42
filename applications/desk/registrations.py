"""What the desk fills in the registries of the rooms below."""

from django.utils.translation import gettext_lazy as _

from applications.associations import panels as association_panels
from applications.cases.assigning import QUEUE, queues
from applications.cases.panels import Tab, tabs
from applications.desk.association.read import number_of_cases
from applications.desk.association.view import TAB
from applications.desk.export.job import ACCESS_CLASS, KIND, make_export, may_read_export
from applications.desk.views import show_queue
from vetting.accounts.navigation import MenuItem, menu
from vetting.accounts.roles import Permission
from vetting.audit.verbs import Verb, register
from vetting.files.access import access_classes
from vetting.jobs.kinds import job_kinds, job_labels
from vetting.kernel.labels import Label

OWNER = "applications.desk"


def register_all() -> None:
    tabs.register(
        "application",
        Tab(10, Label("Ansökan", "Application"), "show-case", Permission.SEE_CASES),
        owner=OWNER,
    )
    association_panels.tabs.register(
        TAB,
        association_panels.Tab(
            20, Label("Ärenden", "Cases"), "list-association-cases", Permission.SEE_CASES, count=number_of_cases
        ),
        owner=OWNER,
    )
    menu.register("today", MenuItem(10, _("Today"), "show-today", Permission.SEE_CASES), owner=OWNER)
    cases = MenuItem(20, _("Cases"), "list-cases", Permission.SEE_CASES, also=("/ansokan/", "/granskning/"))
    menu.register("cases", cases, owner=OWNER)
    job_kinds.register(KIND, make_export, owner=OWNER)
    job_labels.register(KIND, Label("Ärendelista", "List of cases"), owner=OWNER)
    queues.register(QUEUE, show_queue, owner=OWNER)
    access_classes.register(ACCESS_CLASS, may_read_export, owner=OWNER)
    register(
        OWNER,
        Verb("cases.exported", Label("{actor} hämtade en lista med {rows} ärenden.", "{actor} exported {rows} cases.")),
    )
