"""Routes of signing in and of the permission table."""

from django.urls import path

from jiheng_web.organisation import views

urlpatterns = [
    path("login/", views.sign_in, name="login"),
    path("code/", views.second_factor, name="code"),
    path("logout/", views.sign_out, name="logout"),
    path("password/", views.password, name="password"),
    path("permissions/", views.permission_table, name="permissions"),
]
