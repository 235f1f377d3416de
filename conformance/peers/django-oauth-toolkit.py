"""A provider made of Django and django-oauth-toolkit. Reads what it should be as JSON from standard input, and serves it."""

import json
import os
import sys
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
from django.conf import settings

told = json.load(sys.stdin)
folder = told["folder"]

settings.configure(
    DEBUG=False,
    SECRET_KEY=told["key"],
    ALLOWED_HOSTS=["localhost"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    LOGIN_URL="/login/",
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "oauth2_provider",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [folder],
            "APP_DIRS": True,
        }
    ],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.path.join(folder, "db.sqlite3")}},
    PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    OAUTH2_PROVIDER={
        "OIDC_ENABLED": True,
        "OIDC_ISS_ENDPOINT": told["origin"] + "/o",
        "OIDC_RSA_PRIVATE_KEY": told["rsa"],
        "OAUTH2_VALIDATOR_CLASS": __name__ + ".Validator",
        "PKCE_REQUIRED": True,
        "ROTATE_REFRESH_TOKEN": True,
        "REFRESH_TOKEN_GRACE_PERIOD_SECONDS": 0,
        "ACCESS_TOKEN_EXPIRE_SECONDS": 3600,
        "SCOPES": {"openid": "who you are", "read": "read", "introspection": "ask about tokens"},
        "DEFAULT_SCOPES": ["read"],
    },
)
sys.modules.setdefault(__name__, sys.modules["__main__"])
django.setup()

with open(os.path.join(folder, "login.html"), "w", encoding="utf-8") as page:
    page.write(
        '<form method="post">{% csrf_token %}<input name="username"><input name="password" type="password">'
        '<input type="hidden" name="next" value="{{ next }}"></form>'
    )

from django.contrib.auth import get_user_model  # noqa: E402
from django.contrib.auth.views import LoginView  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.http import JsonResponse  # noqa: E402
from django.urls import include, path  # noqa: E402
from oauth2_provider.decorators import protected_resource  # noqa: E402
from oauth2_provider.models import get_application_model  # noqa: E402
from oauth2_provider.oauth2_validators import OAuth2Validator  # noqa: E402


class Validator(OAuth2Validator):
    oidc_claim_scope = None

    def get_additional_claims(self, request):
        return {"name": request.user.get_full_name(), "email": request.user.email}


@protected_resource(scopes=["read"])
def me(request):
    user = request.resource_owner
    return JsonResponse({"id": user.pk, "login": user.username, "name": user.get_full_name(), "mail": user.email})


urlpatterns = [
    path("login/", LoginView.as_view(template_name="login.html")),
    path("me", me),
    path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
]

call_command("migrate", verbosity=0)
for person in told["people"]:
    first, last = person["name"].split(" ")
    get_user_model().objects.create_user(
        person["username"], person["email"], person["password"], first_name=first, last_name=last
    )
for client in told["clients"]:
    get_application_model().objects.create(
        name=client["id"],
        client_id=client["id"],
        client_secret=client["secret"],
        client_type="confidential",
        authorization_grant_type="authorization-code",
        redirect_uris=" ".join(client["redirectUris"]),
        algorithm=client["algorithm"],
        skip_authorization=True,
    )


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


make_server("127.0.0.1", told["port"], get_wsgi_application(), handler_class=Quiet).serve_forever()
