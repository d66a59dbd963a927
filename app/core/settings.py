"""
One frozen `Settings`, read once from the environment (prefix `EARWITNESS_`).

Where something runs is a setting, never a code path: SQLite or PostgreSQL, local disk or
S3, one process or a fleet. Secrets are named by file (`…_FILE`), so that they appear in
neither the environment nor a process list.
"""

from functools import cache
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

GIB = 1 << 30


class Settings(BaseSettings):
    """What an operator may decide; every field is documented in the README."""

    model_config = SettingsConfigDict(env_prefix="EARWITNESS_", frozen=True, extra="ignore")

    data_dir: Path = Field(
        default=Path("media"),
        description="Where the embedded store lives: originals, derivatives, databases.",
    )
    database_url: str | None = Field(
        default=None,
        description="sqlite:///… or postgresql+psycopg://…; default: a file in the data folder.",
    )
    database_password_file: Path | None = Field(
        default=None, description="File with the password that completes the database URL."
    )
    jobs_url: str | None = Field(
        default=None,
        description="Database of the job engine; default: beside the catalogue's own.",
    )
    s3_bucket: str | None = Field(
        default=None, description="Keep objects in this S3 bucket instead of the data folder."
    )
    s3_endpoint: str | None = Field(default=None, description="Address of the S3 service.")
    s3_region: str = Field(default="us-east-1", description="Region of the S3 service.")
    s3_access_key_file: Path | None = Field(default=None, description="File: S3 access key.")
    s3_secret_key_file: Path | None = Field(default=None, description="File: S3 secret key.")
    public_url: str = Field(
        default="http://127.0.0.1:8000",
        description="Address people use; https makes cookies secure.",
    )
    log_origin: str = Field(
        default="earwitness.local/log", description="Name of this custody log (C2SP origin)."
    )
    signer_folder: Path | None = Field(
        default=None,
        description="Where the signer keeps its key and state; default: signer/ in the data folder.",
    )
    signer_socket: Path | None = Field(
        default=None,
        description="Unix socket of a signer run as somebody else (`earwitness sign`).",
    )
    engine: str | None = Field(
        default=None,
        description="Default speech engine, e.g. whisper:small or whisper:/path/to/weights.pt.",
    )
    models_dir: Path | None = Field(
        default=None, description="Folder with Whisper weights; default: Whisper's own cache."
    )
    sentence_model: Path | None = Field(
        default=None,
        description="Folder of a sentence-transformers model whose figure stands beside comparisons.",
    )
    allow_unconfined_decoding: bool = Field(
        default=False,
        description="Decode even where the kernel cannot confine the decoder. Shown in /health.",
    )
    max_decoded_s: int = Field(
        default=6 * 3600, description="Longest recording that will be decoded, in seconds."
    )
    max_expansion: int = Field(
        default=4000,
        description="Bytes of samples that one byte of a file may decode to, beyond the first 64 MiB.",
    )
    max_upload_bytes: int = Field(default=16 * GIB, description="Largest single upload.")
    case_quota_bytes: int | None = Field(
        default=None, description="Most bytes of originals a case may hold; none: no limit."
    )
    min_free_bytes: int = Field(
        default=GIB // 2, description="Refuse uploads that would leave less free space than this."
    )
    upload_expiry_h: int = Field(
        default=24, description="Hours after which an unfinished upload is swept."
    )
    fetch_reports: bool = Field(
        default=False,
        description="Let workers get published pages from public addresses of the web when people ask.",
    )
    session_h: int = Field(default=12, description="Hours a sign-in lasts.")
    executor_id: str = Field(
        default="local-1", description="Stable name of this worker slot; unique in a fleet."
    )
    log_json: bool = Field(default=False, description="Log as JSON lines instead of for people.")

    @property
    def catalogue_url(self) -> str:
        """The catalogue's database URL, with its password filled in from the file if one is named."""
        if not self.database_url:
            return f"sqlite:///{self.data_dir.resolve() / 'earwitness.db'}"
        if not self.database_password_file:
            return self.database_url
        from sqlalchemy import make_url

        password = self.database_password_file.read_text().strip()
        url = make_url(self.database_url).set(password=password)
        return url.render_as_string(hide_password=False)

    @property
    def signer_dir(self) -> Path:
        """The signer's own folder; give it to another user, or another machine, if you can."""
        return self.signer_folder or self.data_dir / "signer"

    @property
    def engine_url(self) -> str:
        """The job engine's database URL: its own SQLite file, or the same PostgreSQL."""
        if self.jobs_url:
            return self.jobs_url
        if self.catalogue_url.startswith("sqlite"):
            return f"sqlite:///{self.data_dir.resolve() / 'jobs.db'}"
        return self.catalogue_url


@cache
def settings() -> Settings:
    """The settings of this process."""
    return Settings()
