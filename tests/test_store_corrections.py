from dataclasses import replace
from pathlib import Path

import pytest

from corpus.document import Document
from corpus.errors import CorpusError
from index.errors import UnknownDocument
from index.library import Library, open_library
from index.values import Added
from support.generated_texts import document
from support.word_counts import WordCounts

TEXT = "---\ntitle: Talks\nplace: Rome\n---\nThey met."


def opened(folder: Path, records: bool = False) -> Library:
    return open_library(folder, encoder=WordCounts(), founding=records)


def file_document(path: str, text: str = TEXT) -> Document:
    return document(text, Path(path).name, path)


def facts(found: Document) -> tuple[str, str | None]:
    return found.title, found.meeting.place


def cosine(library: Library, words: str) -> float:
    with library.snapshot() as view:
        return view.search_dense(library.encoder.encode_query(words), 1)[0][1]


def test_a_correction_changes_the_facts_and_says_who_said_so(tmp_path: Path) -> None:
    library = opened(tmp_path)
    library.add(file_document("/x/a.md"))
    made = library.correct("a.md", {"title": "Parleys", "place": ""})
    assert made == library.document("a.md")
    assert facts(made) == ("Parleys", None)
    assert dict(made.origins)["title"] == "you"
    assert library.corrections("a") == {"place": "", "title": "Parleys"}


def test_a_corrected_document_is_found_by_its_new_facts(tmp_path: Path) -> None:
    library = opened(tmp_path)
    library.add(file_document("/x/a.md"))
    library.correct("a.md", {"title": "Parleys", "place": "Oslo"})
    assert cosine(library, "Parleys (Oslo): They met.") == pytest.approx(1)
    with library.snapshot() as view:
        assert [len(view.search_lexical(word, 9)) for word in ("parleys", "talks")] == [1, 0]


def test_a_correction_taken_back_gives_the_fact_as_it_was_read(tmp_path: Path) -> None:
    library = opened(tmp_path)
    read = file_document("/x/a.md")
    library.add(read)
    library.correct("a.md", {"title": "Parleys", "place": "Oslo"})
    assert facts(library.correct("a.md", {"title": None})) == ("Talks", "Oslo")
    assert library.correct("a.md", {"place": None}) == read
    assert library.corrections("a.md") == {}


def test_corrections_survive_removal_and_new_versions(tmp_path: Path) -> None:
    library = opened(tmp_path)
    library.add(file_document("/x/a.md"))
    library.correct("a.md", {"place": "Oslo"})
    library.remove("a.md")
    assert library.corrections("/x/a.md") == {"place": "Oslo"}
    library.add(file_document("/x/a.md"))
    assert facts(library.document("a.md")) == ("Talks", "Oslo")
    assert library.add(file_document("/x/a.md")) == Added("a.md", "unchanged")
    assert library.add(file_document("/x/a.md", TEXT.replace("met", "parted"))).outcome == "replaced"
    assert facts(library.document("a.md")) == ("Talks", "Oslo")
    assert facts(library.correct("a.md", {"place": None})) == ("Talks", "Rome")


def test_the_correction_of_one_source_is_not_that_of_another(tmp_path: Path) -> None:
    library = opened(tmp_path)
    library.add(file_document("/x/a.md"))
    library.correct("a.md", {"place": "Oslo"})
    library.remove("a.md")
    library.add(file_document("/y/a.md"))
    assert facts(library.document("a.md")) == ("Talks", "Rome")


def test_a_founding_record_is_corrected_under_its_name(tmp_path: Path) -> None:
    library = opened(tmp_path, records=True)
    name = "2020-07-22-g20-mic.txt"
    read = library.document(name)
    library.correct(name, {"publisher": "A body"})
    assert opened(tmp_path).document(name).publisher == "A body"
    assert opened(tmp_path).corrections(name) == {"publisher": "A body"}
    library.remove(name)
    library.add(read)
    assert library.document(name).publisher == "A body"


def test_the_twin_that_takes_a_text_over_takes_its_corrections_along(tmp_path: Path) -> None:
    library = opened(tmp_path)
    library.add(file_document("/x/a.md"))
    library.add(file_document("/y/b.md"))
    library.correct("a.md", {"place": "Oslo"})
    library.add(file_document("/x/a.md", TEXT.replace("met", "parted")))
    assert library.document("b.md").meeting.place == "Oslo"
    assert library.corrections("b.md") == {"place": "Oslo"}
    assert facts(library.correct("b.md", {"place": None})) == ("Talks", "Rome")


def test_the_same_file_with_other_facts_is_a_new_version(tmp_path: Path) -> None:
    library = opened(tmp_path)
    first = file_document("/x/a.md")
    library.add(first)
    told = replace(first, publisher="A body")
    assert library.add(told) == Added("a.md", "replaced", first)
    assert library.add(told) == Added("a.md", "unchanged")
    assert library.document("a.md").publisher == "A body"


@pytest.mark.parametrize("changes", [{"published": "soon"}, {"colour": "red"}, {"meeting_end": "2020-01-01"}])
def test_a_correction_that_cannot_be_changes_nothing(tmp_path: Path, changes: dict[str, str]) -> None:
    library = opened(tmp_path)
    read = file_document("/x/a.md")
    library.add(read)
    with pytest.raises(CorpusError):
        library.correct("a.md", {"place": "Oslo", **changes})
    assert library.document("a.md") == read
    assert library.corrections("a.md") == {}


def test_only_a_document_of_the_library_is_corrected(tmp_path: Path) -> None:
    library = opened(tmp_path)
    with pytest.raises(UnknownDocument):
        library.correct("a.md", {"place": "Oslo"})
    assert library.corrections("a.md") == {}


def test_the_twin_that_takes_a_text_over_is_corrected_as_the_user_said_of_it(tmp_path: Path) -> None:
    library = opened(tmp_path)
    library.add(file_document("/records/a.md"))
    library.correct("a.md", {"place": "Rome", "title": "Of a"})
    library.add(file_document("/records/b.md", "They met beside the sea."))
    # The two files swap their texts: for a while, both have the same.
    library.add(file_document("/records/a.md", "They met beside the sea."))
    assert library.add(file_document("/records/b.md")).outcome == "replaced"
    assert facts(library.document("a.md")) == ("Of a", "Rome")
    assert library.document("a.md").text == "They met beside the sea."
    assert library.check() == []
