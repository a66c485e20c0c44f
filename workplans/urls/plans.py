"""The list, the grid, its rows, imports and papers."""

from django.urls import path

from ..views import documents, imports, plans, tasks

urlpatterns = [
    path("", plans.workplan_list, name="list"),
    path("create/", plans.workplan_create, name="create"),
    path("<int:pk>/", plans.workplan_detail, name="detail"),
    path("<int:pk>/submit/", plans.workplan_submit, name="submit"),
    path("<int:pk>/return/", plans.workplan_return, name="return"),
    path("<int:pk>/approve/", plans.workplan_approve, name="approve"),
    path("<int:pk>/close/", plans.workplan_close, name="close"),
    path("<int:pk>/xlsx/", documents.workplan_xlsx, name="xlsx"),
    path("<int:pk>/print/", documents.workplan_print, name="print"),
    path("<int:plan_pk>/tasks/create/", tasks.task_create, name="task_create"),
    path("<int:plan_pk>/imports/create/", imports.import_create, name="import_create"),
    path("tasks/<int:pk>/update/", tasks.task_update, name="task_update"),
    path("tasks/<int:pk>/delete/", tasks.task_delete, name="task_delete"),
    path("tasks/<int:pk>/restore/", tasks.task_restore, name="task_restore"),
    path("tasks/<int:pk>/duplicate/", tasks.task_duplicate, name="task_duplicate"),
    path("tasks/<int:pk>/move/", tasks.task_move, name="task_move"),
    path("tasks/<int:pk>/settle/", tasks.task_settle, name="task_settle"),
    path("subjects/<int:pk>/rename/", tasks.subject_rename, name="subject_rename"),
    path("imports/<int:pk>/", imports.import_detail, name="import_detail"),
    path("documents/<int:pk>/", documents.document_detail, name="document_detail"),
    path("documents/<int:pk>/retry/", documents.document_retry, name="document_retry"),
    path("documents/<int:pk>/download/", documents.document_download, name="document_download"),
]
