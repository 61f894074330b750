"""Ask two hundred questions while another process adds 264 documents; each answer fits one state of the library."""

# mypy: disable-error-code="func-returns-value"

import os
import re
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.answer import Answer, Reply
from assistant.assistant import Assistant
from corpus.document import Document
from corpus.reading import read
from index.library import Library, open_library
from support.word_counts import WordCounts

pytestmark = pytest.mark.slow

_ROOT = Path(__file__).resolve().parents[2]
_QUESTIONS = 200
_THREADS = 2
_ADD = """
import sys
from assistant.commands import main
from support.word_counts import WordCounts
sys.exit(main(["add", *sys.argv[1:]], lambda settings: WordCounts()))
"""
_TOPICS = (
    "trade climate debt energy vaccines steel food ports tariffs hydrogen semiconductors ransomware hunger taxes "
    "migration fisheries space railways minerals democracy corruption oil health wages women youth farmers refugees "
    "sanctions peace"
).split()
_FORMS = (
    "What was agreed about {}?",
    "Who spoke about {}, and when?",
    "Which countries want more {}?",
    "What will be done about {} next year?",
    "How much money is meant for {}?",
    "Where did the leaders meet to talk about {}?",
    "Why does {} matter to the partners?",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A reply with the number of documents that the library held when it was given."""

    question: str
    documents: int
    reply: Reply


def ask(assistant: Assistant, number: int) -> Asked:
    question = _FORMS[number % len(_FORMS)].format(_TOPICS[number % len(_TOPICS)])
    said: list[str] = []
    reply = assistant.ask(question, on_stage=said.append).reply
    counted = re.search(r"of (\d+) records", " ".join(said))
    assert counted, said
    return Asked(question, int(counted.group(1)), reply)


def ask_until(done: threading.Event, library: Library) -> list[Asked]:
    """Ask all questions, and go on asking until the event is set."""
    assistant = Assistant(library)
    with ThreadPoolExecutor(_THREADS) as threads:
        first = list(threads.map(lambda number: ask(assistant, number), range(_QUESTIONS)))
    number = _QUESTIONS
    while not done.is_set():
        first.append(ask(assistant, number))
        number += 1
    return first


def shown_in(reply: Reply) -> list[tuple[Document, int, int, str]]:
    """Return each passage that a reply shows: its document, start, end and words."""
    if isinstance(reply, Answer):
        return [(c.document, c.span.start, c.span.end, c.quote) for c in reply.citations]
    hits = [hit.passage for hit in reply.nearest]
    return [(p.document, p.span.start, p.span.end, p.text) for p in hits]


def same(one: Reply, other: Reply) -> bool:
    words = [[(d.name, start, end, said) for d, start, end, said in shown_in(reply)] for reply in (one, other)]
    return type(one) is type(other) and words[0] == words[1] and str(one) == str(other)


def test_answers_while_documents_come_fit_one_state(shared_folder: Path, tmp_path: Path) -> None:
    folder = shared_folder / "documents" / "whitehouse"
    files = sorted(path for path in folder.iterdir() if path.suffix == ".md")
    library = open_library(encoder=WordCounts())
    founding = len(library.documents())
    path = os.pathsep.join((str(_ROOT), str(_ROOT / "tests")))
    surroundings = {**os.environ, "PYTHONPATH": path}
    adding = subprocess.Popen([sys.executable, "-c", _ADD, str(folder)], env=surroundings, stdout=subprocess.PIPE)
    done = threading.Event()
    with ThreadPoolExecutor(1) as waiting:
        told = waiting.submit(lambda: (adding.communicate()[0], done.set())[0])
        asked = ask_until(done, library)
        assert adding.returncode == 0, told.result()
    held = {document.name: document for document in library.documents()}
    assert len(held) == founding + len(files)
    lines = told.result().decode().splitlines()
    added = [folder / line.removeprefix("added: ") for line in lines if line.startswith("added: ")]
    assert sorted(added) == files
    order = {path.name: number for number, path in enumerate(added, start=founding + 1)}
    for one in asked:
        for document, start, end, words in shown_in(one.reply):
            assert held[document.name].text[start:end] == words
            assert order.get(document.name, 0) <= one.documents, "a document before its time"
    counts = [one.documents for one in asked]
    print(f"\n{len(asked)} questions, {sum(n < len(held) for n in counts)} before the end, {len(set(counts))} states")
    assert sum(n < len(held) for n in counts) >= _QUESTIONS / 2
    assert len(set(counts)) > 10
    again_as_it_was(asked, added, founding, tmp_path)


def again_as_it_was(asked: list[Asked], added: list[Path], founding: int, tmp_path: Path) -> None:
    """Check that a library with the same documents gives the same answer."""
    chosen = sorted(asked, key=lambda one: one.documents)[:: max(1, len(asked) // 20)]
    library = open_library(tmp_path / "again", encoder=WordCounts())
    held = founding
    for one in chosen:
        while held < one.documents:
            file = added[held - founding]
            library.add(read(file), file.read_bytes())
            held += 1
        assert same(Assistant(library).ask(one.question).reply, one.reply), one.question
