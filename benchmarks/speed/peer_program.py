"""Index and search passages with sentence-transformers alone, Haystack or txtai; a process of its own for each figure.

It runs in the environment of the peers, where nothing of this project is installed, and prints one JSON object.
"""

import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

Add = Callable[[Sequence[str]], None]
Search = Callable[[str], object]

_HITS = 5
_BATCH = 32
# The e5 folder has float16 weights, in which a processor without float16 takes five times as long.
_FLOAT32 = {"dtype": "float32"}


def main(words: Sequence[str]) -> int:
    """Add the passages of a file to an index, new or saved, or ask it questions; print the seconds or milliseconds.

    `words` are SYSTEM add PASSAGES.json STORE MODEL... or SYSTEM ask QUESTIONS.json STORE MODEL...
    """
    system, action, texts_file, store, *models = words
    texts = json.loads(Path(texts_file).read_text("utf-8"))
    if action == "add":
        add = ADDING[system](Path(store), models)
        wall, cpu = time.perf_counter(), time.process_time()
        add(texts)
        print(json.dumps({"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}))
        return 0
    search = OPENING[system](Path(store), models)
    times = []
    for text in texts:
        start = time.perf_counter()
        search(text)
        times.append((time.perf_counter() - start) * 1000)
    print(json.dumps({"ms": times}))
    return 0


def adder_of_bare(store: Path, models: Sequence[str]) -> Add:
    """Return a function that encodes passages once by each model and saves nothing."""
    from sentence_transformers import SentenceTransformer

    encoders = [SentenceTransformer(model, device="cpu", model_kwargs=_FLOAT32) for model in models]

    def add(passages: Sequence[str]) -> None:
        for encoder in encoders:
            encoder.encode(list(passages), batch_size=_BATCH, show_progress_bar=False)

    return add


def adder_of_haystack(store: Path, models: Sequence[str]) -> Add:
    """Return a function that embeds passages, writes them into the store in memory and saves it, as users do."""
    from haystack import Document
    from haystack.document_stores.in_memory import InMemoryDocumentStore
    from haystack_integrations.components.embedders.sentence_transformers import SentenceTransformersDocumentEmbedder

    embedder = SentenceTransformersDocumentEmbedder(
        model=models[0], progress_bar=False, batch_size=_BATCH, model_kwargs=_FLOAT32
    )
    embedder.warm_up()
    kept = InMemoryDocumentStore.load_from_disk(str(store)) if store.exists() else InMemoryDocumentStore()

    def add(passages: Sequence[str]) -> None:
        first = kept.count_documents()
        documents = [Document(id=str(number), content=text) for number, text in enumerate(passages, start=first)]
        kept.write_documents(embedder.run(documents=documents)["documents"])
        kept.save_to_disk(str(store))

    return add


def adder_of_txtai(store: Path, models: Sequence[str]) -> Add:
    """Return a function that adds passages to an index of words, vectors and content, and saves it."""
    from txtai import Embeddings

    embeddings = Embeddings(path=models[0], hybrid=True, content=True, encodebatch=_BATCH, vectors=_FLOAT32)
    if store.exists():
        embeddings.load(str(store))

    def add(passages: Sequence[str]) -> None:
        if store.exists():
            embeddings.upsert(list(enumerate(passages, start=embeddings.count())))
        else:
            embeddings.index(list(passages))
        embeddings.save(str(store))

    return add


def open_haystack(store: Path, models: Sequence[str]) -> Search:
    """Return the hybrid pipeline of Haystack's tutorial, without its ranker."""
    from haystack import Pipeline
    from haystack.components.joiners import DocumentJoiner
    from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
    from haystack.document_stores.in_memory import InMemoryDocumentStore
    from haystack_integrations.components.embedders.sentence_transformers import SentenceTransformersTextEmbedder

    documents_store = InMemoryDocumentStore.load_from_disk(str(store))
    pipeline = Pipeline()
    pipeline.add_component(
        "embedder", SentenceTransformersTextEmbedder(model=models[0], progress_bar=False, model_kwargs=_FLOAT32)
    )
    pipeline.add_component("dense", InMemoryEmbeddingRetriever(documents_store))
    pipeline.add_component("words", InMemoryBM25Retriever(documents_store))
    pipeline.add_component("joiner", DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=_HITS))
    pipeline.connect("embedder", "dense.query_embedding")
    pipeline.connect("dense", "joiner")
    pipeline.connect("words", "joiner")

    def search(question: str) -> object:
        hits = pipeline.run({"embedder": {"text": question}, "words": {"query": question}})["joiner"]["documents"]
        return [hit.content for hit in hits]

    return search


def open_txtai(store: Path, models: Sequence[str]) -> Search:
    """Return the search of a saved hybrid index."""
    from txtai import Embeddings

    embeddings = Embeddings()
    embeddings.load(str(store))
    return lambda question: embeddings.search(question, _HITS)


ADDING: dict[str, Callable[[Path, Sequence[str]], Add]] = {
    "bare": adder_of_bare,
    "haystack": adder_of_haystack,
    "txtai": adder_of_txtai,
}
OPENING: dict[str, Callable[[Path, Sequence[str]], Search]] = {"haystack": open_haystack, "txtai": open_txtai}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
