"""The settings that a user may change through the environment; README.md lists them in a table."""

import os
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from corpus.limits import Limits
from index.default_library import default_library

MIB = 1024 * 1024
_LIMITS = Limits()


_PREFIX = "rapporteur_"


class Settings(BaseModel):
    """The library, the models and the limits of a file; `RAPPORTEUR_<NAME>` in the environment sets one.

    >>> Settings(pages=200).limits.pages
    200

    The weights and thresholds of search and answers are frozen beside the stage that they belong to.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    library: Path = Field(
        default_factory=default_library,
        description="Folder of the library.",
    )
    model: str | None = Field(
        default=None,
        min_length=1,
        description="Encoder: a packaged model's name, or a sentence-transformers folder or name. Unset: "
        "multilingual-e5-small with all-MiniLM-L6-v2 where both packages are, else the latter.",
    )
    second_encoder_weight: float = Field(
        default=0.15,
        ge=0,
        lt=1,
        description="Weight of all-MiniLM-L6-v2's cosine beside multilingual-e5-small's where no model is named; 0"
        " leaves it out. Another weight needs `reindex`.",
    )
    ranker: bool = Field(default=True, description="Score the best sentences again with the ranker.")
    passage_characters: int = Field(
        default=1000,
        ge=200,
        le=20_000,
        description="Characters at which a paragraph is cut between sentences; MiniLM reads 256 tokens, about 1,100.",
    )
    file_megabytes: int = Field(
        default=_LIMITS.file_bytes // MIB,
        ge=1,
        description="Largest file, or member of an archive, in MB of 1,048,576 bytes.",
    )
    text_characters: int = Field(
        default=_LIMITS.characters, ge=1, description="Longest text of a document, in characters."
    )
    text_pieces: int = Field(
        default=_LIMITS.pieces,
        ge=1,
        description="Most headings, paragraphs, items and rows of a document, and most sentences.",
    )
    pages: int = Field(default=_LIMITS.pages, ge=1, description="Most pages of a document that has pages.")
    unpacked_megabytes: int = Field(
        default=_LIMITS.unpacked_bytes // MIB,
        ge=1,
        description="Most that an archive, or a zipped document, may unpack to, in MB.",
    )
    members: int = Field(default=_LIMITS.members, ge=1, description="Most files in an archive.")
    private_megabytes: int = Field(
        default=1000,
        ge=1,
        description="Most that the files and texts of one user's private documents may take, in MB.",
    )
    reading_seconds: float = Field(
        default=_LIMITS.seconds, gt=0, description="Longest time for reading one document, in seconds."
    )
    reading_megabytes: int = Field(
        default=_LIMITS.memory_bytes // MIB, ge=256, description="Most memory for reading one document, in MB."
    )

    @model_validator(mode="before")
    @classmethod
    def _with_environment(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Add the values of the environment, under names in letters of either case, to those that are given."""
        lower = {name.lower(): value for name, value in os.environ.items()}
        return {name: lower[_PREFIX + name] for name in cls.model_fields if _PREFIX + name in lower} | values

    @property
    def limits(self) -> Limits:
        """The limits beyond which a file is refused."""
        return Limits(
            file_bytes=self.file_megabytes * MIB,
            characters=self.text_characters,
            pieces=self.text_pieces,
            pages=self.pages,
            unpacked_bytes=self.unpacked_megabytes * MIB,
            members=self.members,
            seconds=self.reading_seconds,
            memory_bytes=self.reading_megabytes * MIB,
        )

    @property
    def stamp(self) -> str:
        """The settings that the stored vectors depend on beside the model; a library with another stamp is stale."""
        return f"passages of {self.passage_characters} characters, form 3"
