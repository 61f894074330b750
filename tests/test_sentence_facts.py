"""Facts about the sentences of a passage, found once for the passage."""

from assistant.retrieval.sentence_facts import sentence_facts
from corpus.passages import split
from corpus.reading import document_from

TEXT = "They met in May. Who paid for the ferry? The town paid. Ms Roe asked why the ferry was late. Thank you all."


def test_each_sentence_has_its_facts() -> None:
    (passage,) = split(document_from(TEXT, "a.txt", "text/plain"), 2000)
    facts = sentence_facts(passage, passage.sentences())
    assert [one.asks for one in facts] == [False, True, False, False, False]
    assert [one.reports_question for one in facts] == [False, False, False, True, False]
    assert [one.is_courtesy for one in facts] == [False, False, False, False, True]
    assert facts[2].around.question == "Who paid for the ferry?"
    assert not any(one.is_speaker for one in facts)
    assert sentence_facts(passage, passage.sentences()) is facts
