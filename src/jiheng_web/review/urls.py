"""Routes of reviewing finished documents."""

from django.urls import path

from jiheng_web.review import views

urlpatterns = [
    path("", views.reviews, name="reviews"),
    path("next/", views.review_next, name="review-next"),
    path("<int:document>/", views.review, name="review"),
    path("<int:document>/page/", views.marked, name="review-page"),
    path("<int:document>/comments/", views.commented_file, name="review-comments"),
    path("<int:document>/opinion/", views.opinion_file, name="review-opinion"),
    path("<int:document>/findings/", views.findings_file, name="review-findings"),
    path("<int:document>/source/", views.source_file, name="review-source"),
    path("<int:document>/again/", views.again, name="review-again"),
    path("<int:document>/remove/", views.remove, name="review-remove"),
]
