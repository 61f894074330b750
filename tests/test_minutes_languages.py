"""Answer questions about minutes in German, French, Spanish and Japanese from their structure."""

from types import SimpleNamespace
from typing import cast

import pytest

from assistant.answer import Answer
from assistant.citations.citation import Citation
from assistant.conversation import Conversation
from assistant.minutes.completion import complete_decisions
from assistant.minutes.question import asks_yes_or_no
from assistant.minutes.reply import reply_from_minutes
from assistant.understanding.language import foreign_language
from assistant.understanding.split_questions import SubQuestion
from assistant.understanding.understand import understand
from corpus.document import Document
from corpus.reading import document_from
from corpus.span import Span
from index.search.filters import Filters
from index.snapshot import Snapshot


def quotes(question: str, *documents: Document) -> list[str]:
    """Return what a reply quotes, in order; nothing where the search would answer."""
    asked = SubQuestion(question, language=foreign_language(question))
    query = understand(asked, Conversation(), documents, Filters())
    found = reply_from_minutes(query, cast(Snapshot, SimpleNamespace(documents=documents)))
    is_answer = found and isinstance(found[1], Answer)
    return [" ".join(c.quote.split()) for c in cast(Answer, found[1]).in_order] if found and is_answer else []


def _minutes(title: str, text: str) -> Document:
    return document_from(f"# {title}\n\n{text}\n", f"{title.split()[0].lower()}.md", "text/markdown")


GERMAN = _minutes(
    "Protokoll der Sitzung des Hafenrats vom 3. Mai 2026",
    "## 1. Neuer Kran\n\nFrau Böhm beantragte eine Pause. Der Antrag wurde abgelehnt. "
    "Der Rat stimmte dem Kauf des Krans zu.\n\n"
    "## 2. Mole\n\nHerr Tews holt bis zum 20. Mai zwei Gutachten ein.\n\n"
    "## 3. Steg\n\nDer Rat nahm den Plan für den Steg an.",
)
FRENCH = _minutes(
    "Procès-verbal du comité du port du 3 mai 2026",
    "## 1. Grue\n\nLe devis atteint 40 000 euros. Il est accepté.\n\n"
    "## 2. Jetée\n\nL'éclairage de la jetée est autorisé.\n\n"
    "## Tâches\n\n- M. Roux : appeler l'assureur avant le 10 mai",
)
SPANISH = _minutes(
    "Acta de la junta del puerto del 3 de mayo de 2026",
    "## 1. Grúa\n\nLa compra de la grúa quedó autorizada.\n\n"
    "## 2. Muelle\n\nLa Sra. Paz planteó alargar el muelle. Se decidirá en junio.",
)
JAPANESE = _minutes(
    "港運営委員会 議事録 2026年5月3日",
    "## 議題1 クレーン\n\n森委員がクレーンの購入を説明した。西委員は反対した。採決の結果、賛成多数で承認された。\n\n"
    "## 議題2 桟橋\n\n桟橋の夜間利用を認めることとした。\n\n## 議題3 照明\n\n見積もりを待って判断する。",
)


@pytest.mark.parametrize(
    ("document", "question", "quoted"),
    [
        (GERMAN, "Wurde der neue Kran genehmigt?", "Der Rat stimmte dem Kauf des Krans zu."),
        (GERMAN, "Wurde der Steg genehmigt?", "Der Rat nahm den Plan für den Steg an."),
        (
            GERMAN,
            "Bis wann muss Herr Tews die Gutachten einholen?",
            "Herr Tews holt bis zum 20. Mai zwei Gutachten ein.",
        ),
        (FRENCH, "A-t-on approuvé la grue ?", "Le devis atteint 40 000 euros."),
        (FRENCH, "L'éclairage de la jetée a-t-il été approuvé ?", "L'éclairage de la jetée est autorisé."),
        (FRENCH, "Qui doit faire quoi ?", "M. Roux : appeler l'assureur avant le 10 mai"),
        (SPANISH, "¿Se aprobó la compra de la grúa?", "La compra de la grúa quedó autorizada."),
        (SPANISH, "¿Se aprobó alargar el muelle?", "Se decidirá en junio."),
        (JAPANESE, "クレーンの購入は承認されましたか。", "森委員がクレーンの購入を説明した。"),
        (JAPANESE, "クレーンの購入に反対したのは誰ですか。", "西委員は反対した。"),
        (JAPANESE, "桟橋の夜間利用は承認されましたか。", "桟橋の夜間利用を認めることとした。"),
        (JAPANESE, "照明は承認されましたか。", "見積もりを待って判断する。"),
    ],
)
def test_the_outcome_or_task_is_quoted(document: Document, question: str, quoted: str) -> None:
    assert quoted in quotes(question, document)


def test_a_german_question_with_was_asks_for_no_yes() -> None:
    assert not asks_yes_or_no("Was wurde zum Steg beschlossen?")
    assert asks_yes_or_no("Was the landing stage approved?")
    assert len(quotes("Was wurde in der letzten Sitzung des Hafenrats beschlossen?", GERMAN)) == 4


def _table(name: str, *rows: str) -> Document:
    """Return a table in Markdown of which the first row names the columns, cells apart by a semicolon."""
    lines = [f"| {row.replace(';', ' | ')} |" for row in rows]
    lines.insert(1, "|---" * (rows[0].count(";") + 1) + "|")
    return document_from("\n".join(lines), name, "text/markdown")


@pytest.mark.parametrize(
    ("question", "table", "rows"),
    [
        (
            "Quelles plaintes ont été reçues en juin 2026 ?",
            _table(
                "plaintes.md", "Numéro;Date;Objet", "P1;18/05/2026;Bruit", "P2;03/06/2026;Odeur", "P3;21/06/2026;Fuite"
            ),
            ["P2", "P3"],
        ),
        (
            "Welche Beschwerden sind im Juni 2026 eingegangen?",
            _table("beschwerden.md", "Nummer;Eingang;Anlass", "B1;28.05.2026;Lärm", "B2;04.06.2026;Müll"),
            ["B2"],
        ),
        (
            "¿Qué quejas se recibieron en junio de 2026?",
            _table("quejas.md", "Número;Fecha;Motivo", "Q1;30.05.2026;Ruido", "Q2;05.06.2026;Olor"),
            ["Q2"],
        ),
        (
            "2026年6月に受け付けた苦情はどれですか。",
            _table(
                "k.md", "番号;受付日;内容;担当;状況", "K1;2026年5月29日;騒音;森;完了", "K2;2026年6月4日;街灯;西;対応中"
            ),
            ["K2"],
        ),
    ],
)
def test_rows_of_a_month_are_found_in_an_undated_table(question: str, table: Document, rows: list[str]) -> None:
    tasks = "## Tasks\n\n| Aufgabe | Wer | Frist |\n|---|---|---|\n| Kran prüfen | Tews | 12.06.2026 |"
    found = quotes(question, _minutes("Besprechung vom 2. Juni 2026", tasks), table)
    assert [row.split()[1] for row in found[1:]] == rows


def test_a_register_of_complaints_lists_no_action_items() -> None:
    register = _table("k.md", "番号;内容;担当;状況", "K1;騒音;森;対応中")
    assert quotes("宿題は何ですか。", register) == []


def test_what_somebody_thinks_is_no_task() -> None:
    said = ("Ida Lenz: Guten Morgen.", "Jan Ott: Ich halte den Kauf vor Ostern für falsch.", "Ida Lenz: Gut.")
    text = "\n".join(("Bau, 2. Juni 2026", "", *said, "Jan Ott: Ich bestelle bis Freitag Holz."))
    talk = document_from(text, "bau.txt", "text/plain")
    assert quotes("Welche Aufgaben wurden verteilt?", talk) == ["Ich bestelle bis Freitag Holz."]


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("Welche Punkte sind noch zu erledigen?", ["Frau Tews: Seile prüfen"]),
        ("Was muss Frau Tews erledigen?", ["Frau Tews: Seile prüfen"]),
        ("Wer war gegen den Bus?", ["Der Rat sprach sich für den Bus aus.", "Dagegen: Herr Ott."]),
        ("Was ist mit der Gebühr?", ["Über die Gebühr soll erst im Mai entschieden werden."]),
    ],
)
def test_ordinary_words_of_minutes_are_read(question: str, quoted: list[str]) -> None:
    record = _minutes(
        "Niederschrift der Sitzung des Hafenrats vom 3. März 2026",
        "## Bus\n\nDer Rat sprach sich für den Bus aus. Dagegen: Herr Ott.\n\n"
        "## Gebühr\n\nÜber die Gebühr soll erst im Mai entschieden werden.\n\n"
        "## Zu erledigen\n\n- Frau Tews: Seile prüfen\n- Herr Ott: Lampe bestellen (erledigt)",
    )
    assert quotes(question, record) == quoted


def test_only_tasks_whose_state_is_told_are_counted() -> None:
    open_tasks = _table(
        "tareas.md", "Tarea;Responsable;Plazo;Estado", "Pintar;Paz;2.3.2026;pendiente", "Podar;Rey;;hecha"
    )
    said = _minutes("Acta de la junta", "La Sra. Paz llamará al notario antes del 3 de marzo.")
    assert len(quotes("¿Cuántas tareas están pendientes?", said, open_tasks)) == 2


def test_records_in_the_language_of_the_question_answer_first() -> None:
    assert quotes("Qui doit faire quoi ?", GERMAN, FRENCH) == ["M. Roux : appeler l'assureur avant le 10 mai"]
    assert len(quotes("Qui doit faire quoi ?", GERMAN)) == 1


def test_a_japanese_question_with_a_question_word_asks_for_all_decisions() -> None:
    assert asks_yes_or_no("桟橋の夜間利用は承認されましたか。")
    assert not asks_yes_or_no("前回の会議で何が決まりましたか。")
    found = quotes("直近の会議で何が決まりましたか。", JAPANESE)
    assert {"桟橋の夜間利用を認めることとした。", "採決の結果、賛成多数で承認された。"} <= set(found)


def test_a_proposal_in_french_gets_its_outcome_where_the_last_part_of_a_question_asks_for_it() -> None:
    text = (
        "Comité du moulin\nCompte rendu du 3 mai 2026\n\nAchats\nM. Roux propose d'acheter trente lampes pour 4 200 €."
        " La proposition est rejetée par deux voix contre une.\n"
    )
    document = document_from(text, "a.txt", "text/plain")
    at = text.index("M. Roux")
    cited = [Citation(document, Span(at, at + len("M. Roux propose d'acheter trente lampes pour 4 200 €.")))]
    found = complete_decisions("Combien coûtent les lampes et ont-elles été achetées ?", cited)
    assert [citation.quote for citation in found[1:]] == ["La proposition est rejetée par deux voix contre une."]
