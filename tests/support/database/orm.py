"""The ORM's configuration for `makemigrations`, which looks at models and files alone."""

from backend.platform.database import tortoise_config

TORTOISE_ORM = tortoise_config("sqlite://:memory:")
