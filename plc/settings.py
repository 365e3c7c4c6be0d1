"""Settings of one installation, read once: environment `PLC_*`, then `plc.toml`, then these defaults."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

# Streamlit keeps an uploaded file in memory whole, so its limit stays well under a small server's RAM.
BROWSER_UPLOAD_MEGABYTES = 200


class Settings(BaseSettings):
    """Where data lives and how much memory the database may use."""

    model_config = SettingsConfigDict(env_prefix="PLC_", toml_file="plc.toml", frozen=True)

    db: Path = Path("data/run/plc.duckdb")
    port: int = 8501
    memory_limit: str = "4GB"
    minimum_students: int = Field(default=10, ge=5, le=30)
    """Students behind any figure outside one's own class: `plc.core.disclosure` holds everyone to it."""
    snapshots_kept: int = Field(default=7, ge=1, le=60)
    """Nightly copies of the database that are kept."""
    student_names: bool = False
    """Whether a teacher may keep names of her own students, for her own eyes."""
    address: str = "http://localhost:8501"
    """Where people open the app; the digest links to it."""
    smtp_host: str | None = None
    """The mail server of the digest; without one it is kept as a file in the folder outbox."""
    smtp_port: int = 587
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str | None = None
    smtp_password: SecretStr | None = None
    smtp_from: str = "plc@localhost"
    digest_hours_before: float = Field(default=2.0, ge=0, le=168)
    """How long before a meeting its digest goes out."""
    sign_in: Literal["local", "oidc"] = "local"
    """`local`: nobody signs in, and only this computer reaches the app; `oidc`: people sign in with OpenID
    Connect, by the section `[auth]` of Streamlit's `secrets.toml`."""
    listen: str = "localhost"
    """The name or number the server listens on; anything but this computer needs `sign_in = "oidc"`."""
    allowed_issuers: tuple[str, ...] = ()
    """Issuers of the identity providers people may come from, as their metadata states them."""
    hosted_domains: tuple[str, ...] = ()
    """Domains their addresses must belong to; empty for any."""
    verifying_issuers: tuple[str, ...] = ()
    """Issuers whose addresses are verified though they do not say so: a directory of one organisation."""
    session_hours: float = Field(default=12.0, gt=0, le=24 * 30)
    """How long a sign-in lasts at most."""
    idle_minutes: float = Field(default=60.0, gt=0)
    """How long a sign-in lasts without being used."""
    pseudonym_key: str | None = None
    """A base64 key of 64 bytes; without it a key file is made beside the database, for its owner only."""
    pseudonym_key_new: str | None = None
    """The next key, where keys are not files: `plc key rotate` puts ids under it."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Environment before file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


@cache
def load_settings() -> Settings:
    """The settings of this process."""
    return Settings()
