"""Every number that changes what is found or answered, in one frozen value."""

from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from corpus.limits import Limits

_MIB = 1024 * 1024


class Settings(BaseSettings):
    """Settings, each with its unit and why it has its value; `RAPPORTEUR_<NAME>` in the environment overrides one."""

    model_config = SettingsConfigDict(env_prefix="RAPPORTEUR_", frozen=True, extra="ignore")

    library: Path = Field(
        default_factory=lambda: user_data_path("rapporteur", appauthor=False),
        description="Folder of the library.",
    )
    model: str | None = Field(
        default=None,
        min_length=1,
        description="Encoder: a packaged model's name, or a sentence-transformers folder or name. None takes"
        " multilingual-e5-small with all-MiniLM-L6-v2 where both packages are (docs/decisions.md), else the latter.",
    )
    second_encoder_weight: float = Field(
        default=0.15,
        ge=0,
        lt=1,
        description="Weight of all-MiniLM-L6-v2's cosine beside multilingual-e5-small's where no model is named; 0"
        " leaves it out. It changes the stored vectors: a library is indexed anew.",
    )
    ranker: bool = Field(default=True, description="Whether the ranker weighs the best sentences again.")
    passage_characters: int = Field(
        default=1000,
        ge=200,
        le=20_000,
        description="Characters at which a paragraph is cut between sentences; MiniLM reads 256 tokens, about 1,100.",
    )
    dense_weight: float = Field(default=1.0, ge=0, description="Weight of the encoder's ranking in the fusion.")
    lexical_weight: float = Field(default=1.0, ge=0, description="Weight of BM25's ranking in the fusion.")
    fusion_rank: int = Field(
        default=60,
        ge=1,
        description="The constant k of reciprocal rank fusion, in ranks (Cormack, Clarke and Buettcher, SIGIR 2009).",
    )
    heading_weight: float = Field(default=0.5, ge=0, description="BM25 weight of a word in the headings; text has 1.")
    candidates: int = Field(default=50, ge=1, description="Passages that each of the two searches hands to the fusion.")
    sentence_weight: float = Field(
        default=0.1,
        ge=0,
        description="Weight of a sentence's cosine with the query, in standard deviations among the sentences weighed.",
    )
    words_weight: float = Field(default=0.3, ge=0, description="Weight of the share of the question a sentence holds.")
    surroundings_weight: float = Field(default=0.2, ge=0, description="The same with its headings and title.")
    rank_weight: float = Field(default=1.0, ge=0, description="Weight of the passage's place among the hits.")
    rank_offset: float = Field(default=10.0, gt=0, description="Ranks added before the place is inverted.")
    label_penalty: float = Field(default=0.25, description="Taken from headings, titles, menus and contact lines.")
    publisher_bonus: float = Field(default=0.2, ge=0, description="For records of a publisher that is mentioned.")
    kind_bonus: float = Field(
        default=0.1,
        ge=0,
        description="For a sentence with a person, a date or a number where who, when, how many is asked.",
    )
    near_bonus: float = Field(default=0.15, ge=0, description="For what stands beside words cited a turn before.")
    before_weight: float = Field(default=0.15, ge=0, description="Of a word of the turns before, beside the latest's.")
    item_characters: int = Field(default=450, ge=0, description="List items up to this length are cited whole.")
    ranked: int = Field(default=12, ge=1, description="Sentences that the ranker reads again; each costs 5 to 10 ms.")
    ranker_weight: float = Field(default=0.5, ge=0, description="Weight of the ranker's likelihood, in [0, 1].")
    citations: int = Field(default=3, ge=1, description="The most sentences that an answer cites.")
    citations_list: int = Field(default=12, ge=1, description="The same for a question that asks for a list.")
    citations_comparison: int = Field(default=4, ge=1, description="The same for a question that compares.")
    citation_margin: float = Field(default=0.15, ge=0, description="How far below the best a cited sentence may be.")
    side_margin: float = Field(default=0.2, ge=0, description="The same for the best sentence of another record.")
    familiarity_weight: float = Field(
        default=0.06, ge=0, description="Weight of how much nearer than a foreign question the query is, a deviation."
    )
    least_familiarity: float = Field(
        default=2.5,
        description="The least nearness, in deviations, of a question whose words mean nothing to the search by words.",
    )
    least_familiarity_unmentioned: float = Field(
        default=4.3,
        description="The same of a question about something of which no record mentions a word: 24 such reached 4.0 at"
        " most, those that are answered in other words 4.6 and more.",
    )
    least_score: float = Field(default=0.45, description="Below it the best sentence answers nothing.")
    foreign_words: int = Field(
        default=2,
        ge=1,
        description="Words unknown to English from which a question may be in another language. None of 31,878 English"
        " questions is mistaken with any number, of 21,313 without their small words and capitals 52, 34, 26, 5 with 1"
        " to 4; of 52 in other languages 1, 2, 3, 9 are missed.",
    )
    foreign_likelihood: float = Field(
        default=0.8, gt=0, le=1, description="How sure of the language its identifier must be, in (0, 1]."
    )
    questions: int = Field(default=4, ge=1, description="The most questions of a message that are searched.")
    question_words: int = Field(
        default=120,
        ge=10,
        description="The longest message searched whole, in words: of 31,878 questions none has more than 38, and"
        " MiniLM reads about 190.",
    )
    question_names: int = Field(default=8, ge=0, description="The most names of a longer message that are searched.")
    question_characters: int = Field(
        default=20_000 - 1,
        ge=1,
        description="The longest question taken, in characters.",
    )
    file_megabytes: int = Field(
        default=64,
        ge=1,
        description="Largest file, or member of an archive, in MB of 1,048,576 bytes; larger ones are nearly always"
        " something else under a document's name.",
    )
    text_characters: int = Field(
        default=5_000_000, ge=1, description="Longest text of a document, in characters; a book has about a million."
    )
    text_pieces: int = Field(
        default=100_000,
        ge=1,
        description="The most headings, paragraphs, items and rows of a document, and the most sentences: each is"
        " encoded, and 100,000 of them take 0.5 GB of memory and of the disk.",
    )
    pages: int = Field(default=3_000, ge=1, description="The most pages of a document that has pages.")
    unpacked_megabytes: int = Field(
        default=500, ge=1, description="The most that an archive, or a zipped document, may unpack to, in MB."
    )
    unpacked_ratio: int = Field(
        default=100,
        ge=1,
        description="The most times its packed size that a member of an archive may unpack to; text shrinks to a"
        " third or a tenth, a bomb to a thousandth.",
    )
    members: int = Field(default=10_000, ge=1, description="The most files in an archive.")
    nesting: int = Field(
        default=100, ge=1, description="The most elements of a document, or folders, that stand inside each other."
    )
    reading_seconds: float = Field(default=300.0, gt=0, description="The longest that reading one document may take.")
    reading_megabytes: int = Field(
        default=2048, ge=256, description="The most memory that reading one document may take, in MB."
    )

    @property
    def limits(self) -> Limits:
        """What one file may cost before it is refused."""
        return Limits(
            file_bytes=self.file_megabytes * _MIB,
            characters=self.text_characters,
            pieces=self.text_pieces,
            pages=self.pages,
            unpacked_bytes=self.unpacked_megabytes * _MIB,
            unpacked_ratio=self.unpacked_ratio,
            members=self.members,
            nesting=self.nesting,
            seconds=self.reading_seconds,
            memory_bytes=self.reading_megabytes * _MIB,
        )

    @property
    def stamp(self) -> str:
        """What the stored vectors depend on beside the model: another stamp makes a library stale."""
        return f"passages of {self.passage_characters} characters, form 2"
