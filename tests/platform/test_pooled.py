"""Behind PgBouncer in transaction mode: what is bound to a session goes past it."""

import pytest

from backend.platform import database
from backend.platform.settings import Settings, SettingsRefused, load_settings

POOLED = "postgres://karman:x@pooler:6432/karman"
DIRECT = "postgres://karman:x@db:5432/karman"


def test_without_a_pooler_nothing_changes() -> None:
    settings = Settings(database_url=DIRECT)
    assert settings.database == settings.direct_database == DIRECT


def test_behind_a_pooler_statements_are_not_kept_prepared() -> None:
    settings = Settings(database_url=POOLED, database_direct_url=DIRECT)
    assert settings.direct_database == DIRECT
    credentials = database.tortoise_config(settings.database)["connections"]["default"][
        "credentials"
    ]
    assert (credentials["host"], credentials["statement_cache_size"]) == ("pooler", 0)


@pytest.mark.parametrize("size", ["?statement_cache_size=100", "?maxsize=4&statement_cache_size=7"])
def test_who_knows_better_may_say_so(size: str) -> None:
    """PgBouncer from 1.21 on keeps prepared statements itself."""
    settings = Settings(database_url=POOLED + size, database_direct_url=DIRECT)
    assert settings.database == POOLED + size


@pytest.mark.parametrize("url", ["sqlite:///x.db", "mysql://x", "postgres://"])
def test_a_wrong_direct_url_is_refused(url: str) -> None:
    with pytest.raises(SettingsRefused, match="KARMAN_DATABASE_DIRECT_URL"):
        load_settings(database_url=POOLED, database_direct_url=url)
