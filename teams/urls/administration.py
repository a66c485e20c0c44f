"""Bulk lists of staff, dated rules, changes of offices."""

from django.urls import path

from ..views.administration import offices, rules, staff

urlpatterns = [
    path("administration/", offices.administration, name="administration"),
    # Dated rules.
    path("administration/rules/", rules.rule_kinds, name="rule_kinds"),
    path("administration/rules/<slug:kind>/", rules.rule_list, name="rule_list"),
    path("administration/rules/<slug:kind>/new/", rules.rule_create, name="rule_create"),
    path("administration/rules/<slug:kind>/<int:pk>/edit/", rules.rule_update, name="rule_update"),
    path(
        "administration/rules/<slug:kind>/<int:pk>/delete/", rules.rule_delete, name="rule_delete"
    ),
    # An office's staff from Excel.
    path("offices/<slug:code>/people/list/", staff.staff_upload, name="staff_upload"),
    path("offices/<slug:code>/people/list/template/", staff.staff_template, name="staff_template"),
    path("administration/staff/<int:pk>/", staff.staff_import, name="staff_import"),
    # Changes of offices.
    path("administration/offices/", offices.change_list, name="change_list"),
    path("administration/offices/changes/<int:pk>/", offices.change_detail, name="change_detail"),
    path(
        "administration/offices/changes/<int:pk>/cancel/",
        offices.change_cancel,
        name="change_cancel",
    ),
    path("administration/offices/<slug:code>/", offices.change_choose, name="change_choose"),
    path(
        "administration/offices/<slug:code>/<slug:kind>/",
        offices.change_create,
        name="change_create",
    ),
]
