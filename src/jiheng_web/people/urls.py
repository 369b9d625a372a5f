"""Routes of the three administrators."""

from django.urls import path

from jiheng_web.people import views

urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/add/", views.add_person, name="person-add"),
    path("people/<int:person>/active/", views.set_active, name="person-active"),
    path("people/<int:person>/reset/", views.reset, name="person-reset"),
    path("units/", views.units, name="units"),
    path("units/add/", views.add_unit, name="unit-add"),
    path("units/<int:unit>/active/", views.set_unit_active, name="unit-active"),
    path("roles/", views.roles, name="roles"),
    path("roles/grant/", views.grant, name="role-grant"),
    path("roles/<int:membership>/take/", views.take, name="role-take"),
    path("audit/", views.audit, name="audit"),
    path("audit/<int:unit>/", views.audit_log, name="audit-log"),
]
