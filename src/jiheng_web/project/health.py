"""Whether the service is alive: the database answers."""

from django.db import connection
from django.http import HttpRequest, JsonResponse

from jiheng import __version__
from jiheng_web.organisation.permissions import open_to_all


@open_to_all("供运维探测，只说活着和版本")
def health(request: HttpRequest) -> JsonResponse:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:
        return JsonResponse({"status": "database unavailable"}, status=503)
    return JsonResponse({"status": "ok", "version": __version__})
