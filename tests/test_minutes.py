"""Answer questions about minutes from their structure: attendance, items, decisions, votes, action items, tables."""

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import pytest

from assistant.answer import Abstention, Answer
from assistant.citations.citation import Citation
from assistant.conversation import Conversation
from assistant.minutes.completion import complete_decisions
from assistant.minutes.reply import reply_from_minutes
from assistant.understanding.split_questions import SubQuestion
from assistant.understanding.understand import plain_query, understand
from corpus.document import Document
from corpus.reading import document_from
from corpus.span import Span
from index.search.filters import Filters
from index.snapshot import Snapshot

MARCH = """Lake Sorven Trust
Minutes of the 8th meeting, held on 4 March 2025 in Hask

Present: U. Brandvik (chair), O. Lund, T. Abebe
Apologies: M. Keller
In attendance: R. Voss (auditor)
Minutes: O. Lund

1. Landing stage
Ms Abebe proposed to lengthen the landing stage by twelve metres. The proposal was rejected. Mr Lund voted against it.

2. Reeds
The Trust approved the cutting of the reeds at a price of EUR 4,100. Ms Abebe abstained.

3. Boathouse
The matter was deferred until the survey is there.

Action items
- [ ] T. Abebe: order the survey by 20 March
- [x] O. Lund: thank the volunteers
"""
APRIL = """Lake Sorven Trust
Minutes of the 9th meeting, held on 8 April 2025 in Hask

Present: U. Brandvik (chair), M. Keller, T. Abebe and others
Apologies: none

1. Fees

| Member | Due | Paid | Arrears |
|---|---|---|---|
| Hask | 900 | 900 | 0 |
| Orre | 450 | 200 | 250 |
| Vik | 300 | 0 | 300 |
| Total | 1,650 | 1,100 | 550 |

2. Tasks

| Task | Owner | Due | Status |
|---|---|---|---|
| Paint the buoys | M. Keller | 2 May 2025 | open |
| Repair the winch | O. Lund | 9 May 2025 | done |
| Print the map | T. Abebe | 16 May 2025 | in progress |
"""
CALL = """Call on the regatta, 3 June 2025

[10:00:02] Nora Falk: We begin with item 1, the course.
[10:00:09] Ola Brenn: The buoys are ready. I will set them before Friday.
[10:00:31] Nora Falk: Item 2 is the insurance. Who knows the price?
[10:00:40] Ola Brenn: It costs 700 euros a year.
[10:00:52] Nora Falk: Good. Sverre asks the insurer for an offer by 12 June.
"""
JAPANESE = """第3回 湖岸委員会 議事録

出席者：佐藤健（委員長）、鈴木花子、高橋一郎
欠席者：渡辺誠

議題1 桟橋
高橋委員が桟橋の延長を提案した。提案は否決された。

決定事項
・葦の刈り取りを5月に行う。

対応事項
・鈴木：見積もりを取る（5月10日まで）
"""


class _Snapshot:
    """A snapshot of documents that are only read."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.documents = list(documents)


def reply(question: str, *texts: str) -> Answer | Abstention | None:
    documents = [document_from(text, f"{n}.txt", "text/plain") for n, text in enumerate(texts)]
    found = reply_from_minutes(plain_query(question), cast(Snapshot, _Snapshot(documents)))
    return found[1] if found else None


def quotes(question: str, *texts: str) -> list[str]:
    """Return what a reply quotes, in order; nothing where the search would answer."""
    found = reply(question, *texts)
    return [" ".join(c.quote.split()) for c in found.in_order] if isinstance(found, Answer) else []


def first_line(question: str, *texts: str) -> str:
    """Return the first line of an answer without its markers."""
    found = reply(question, *texts)
    return found.text.partition("\n")[0].partition(" [")[0] if isinstance(found, Answer) else ""


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Which members did not attend in March?", "Apologies: M. Keller"),
        ("In which meetings was M. Keller absent?", "Apologies: M. Keller"),
        ("Was Ms Keller present in March 2025?", "Apologies: M. Keller"),
        (
            "Did Keller attend the meeting of 8 April 2025?",
            "Present: U. Brandvik (chair), M. Keller, T. Abebe and others",
        ),
        ("Who was absent on 8 April 2025?", "Apologies: none"),
        ("Who was in attendance?", "In attendance: R. Voss (auditor)"),
        ("Who took the minutes?", "Minutes: O. Lund"),
        ("Who chaired the meeting of 4 March 2025?", "Present: U. Brandvik (chair), O. Lund, T. Abebe"),
    ],
)
def test_a_question_about_attendance_gets_the_line_of_that_part(question: str, expected: str) -> None:
    assert quotes(question, MARCH, APRIL) == [expected]


def test_the_chair_is_named_in_the_first_line() -> None:
    assert first_line("Who chaired the March meeting?", MARCH, APRIL) == "U. Brandvik"


def test_names_are_counted_unless_the_list_leaves_some_out() -> None:
    assert first_line("How many attended the meeting in March?", MARCH, APRIL) == "3 listed, 1 in attendance"
    assert isinstance(found := reply("How many attended the meeting in April?", MARCH, APRIL), Answer)
    assert not found.statements


def test_meetings_that_somebody_missed_are_counted() -> None:
    assert first_line("How many meetings did Mr Keller miss?", MARCH, APRIL) == "1 listed"


@pytest.mark.parametrize(
    "question",
    [
        "What did Ms Abebe present?",
        "What did the chair say about reeds?",
        "Who was absent from the shareholders' assembly of Norwater?",
        "Was P. Nobody absent?",
    ],
)
def test_other_questions_are_left_to_the_search(question: str) -> None:
    assert reply(question, MARCH, APRIL) is None


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "Was the longer landing stage approved?",
            ["Ms Abebe proposed to lengthen the landing stage by twelve metres.", "The proposal was rejected."],
        ),
        (
            "Which of the proposals did the Trust reject?",
            ["Ms Abebe proposed to lengthen the landing stage by twelve metres.", "The proposal was rejected."],
        ),
        ("What was decided on the reeds?", ["The Trust approved the cutting of the reeds at a price of EUR 4,100."]),
        ("Was the boathouse adopted?", ["The matter was deferred until the survey is there."]),
        (
            "Who abstained on the reeds?",
            ["The Trust approved the cutting of the reeds at a price of EUR 4,100.", "Ms Abebe abstained."],
        ),
        (
            "What did Ms Abebe propose, and did the Trust accept it?",
            ["Ms Abebe proposed to lengthen the landing stage by twelve metres.", "The proposal was rejected."],
        ),
        ("Did the Trust approve a new car park?", []),
    ],
)
def test_a_decision_is_cited_with_what_was_decided_on(question: str, expected: list[str]) -> None:
    assert quotes(question, MARCH, APRIL) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What was decided under item 3 in March 2025?", ["The matter was deferred until the survey is there."]),
        (
            "What does agenda item 2 of the March meeting say?",
            ["The Trust approved the cutting of the reeds at a price of EUR 4,100. Ms Abebe abstained."],
        ),
    ],
)
def test_an_item_is_found_by_its_number(question: str, expected: list[str]) -> None:
    assert quotes(question, MARCH, APRIL) == expected


def test_several_items_are_given() -> None:
    found = quotes("What was decided under items 2 and 3 in March 2025?", MARCH, APRIL)
    assert [quote.split()[1] for quote in found] == ["Trust", "matter"]


def test_a_number_that_no_record_has_is_refused() -> None:
    assert isinstance(reply("What was decided under item 12?", MARCH), Abstention)


def test_paragraphs_and_letters_are_numbers_too() -> None:
    text = "Report\n\n41. The fund grew.\n\n42. The board met:\n\n(a) in May;\n\n(b) in June.\n\n43. Both moved.\n"
    assert quotes("What does paragraph 43 say?", text) == ["Both moved."]
    assert quotes("What does paragraph 42(b) say?", text) == ["in June."]


def test_an_item_of_a_transcript_lasts_until_the_next_one() -> None:
    found = quotes("What was said under item 2?", CALL)
    assert len(found) == 3
    assert "insurance" in found[0]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Which action items are open in March?", ["T. Abebe: order the survey by 20 March"]),
        ("Which action items of March are done?", ["O. Lund: thank the volunteers"]),
        (
            "What must Keller do?",
            ["| Task | Owner | Due | Status |", "| Paint the buoys | M. Keller | 2 May 2025 | open |"],
        ),
    ],
)
def test_action_items_are_given_by_state_and_owner(question: str, expected: list[str]) -> None:
    assert quotes(question, MARCH, APRIL) == expected


def test_open_action_items_are_counted_and_cited_with_the_column_names() -> None:
    question = "How many tasks are still open in April 2025?"
    assert first_line(question, MARCH, APRIL) == "2 open"
    assert [row.split(" | ")[0] for row in quotes(question, MARCH, APRIL)] == [
        "| Task",
        "| Paint the buoys",
        "| Print the map",
    ]


@pytest.mark.parametrize("label", ["ACTION:", "AP 3:", "Action item:", "[TODO]"])
def test_labels_mark_action_items(label: str) -> None:
    text = f"Minutes of 3 May 2025\n\n1. Paint\nThe colour is green. {label} Ms Bo to buy the paint.\n"
    assert quotes("What are the action items?", text)[0].endswith("Ms Bo to buy the paint.")


def test_in_talk_a_person_a_task_and_a_day_are_an_action_item() -> None:
    assert quotes("What are the action items?", CALL) == [
        "I will set them before Friday.",
        "Sverre asks the insurer for an offer by 12 June.",
    ]
    assert quotes("What does Ola Brenn have to do?", CALL) == ["I will set them before Friday."]


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("Who of the members is in arrears?", ["| Member", "| Orre", "| Vik"]),
        ("How much has Orre paid?", ["| Member", "| Orre"]),
        ("What are the arrears of Vik?", ["| Member", "| Vik"]),
    ],
)
def test_rows_of_a_table_are_found_by_name_and_by_column(question: str, rows: list[str]) -> None:
    assert [quote.split(" | ")[0] for quote in quotes(question, MARCH, APRIL)] == rows


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("欠席者は誰ですか？", ["欠席者：渡辺誠"]),
        ("渡辺さんは出席しましたか？", ["欠席者：渡辺誠"]),
        ("桟橋の延長は承認されましたか？", ["高橋委員が桟橋の延長を提案した。", "提案は否決された。"]),
        ("対応事項は何ですか？", ["・鈴木：見積もりを取る（5月10日まで）"]),
        ("議題1では何が決まりましたか？", ["高橋委員が桟橋の延長を提案した。", "提案は否決された。"]),
    ],
)
def test_japanese_minutes_are_read_alike(question: str, expected: list[str]) -> None:
    assert quotes(question, JAPANESE) == expected


@pytest.mark.parametrize(
    ("text", "question", "expected"),
    [
        (
            "Protokoll der Sitzung\n\nAnwesend: Frau Maier, Herr Kraus\nEntschuldigt: Frau Vogt\n\nDanke.\n",
            "Wer fehlte?",
            "Vogt",
        ),
        ("Compte rendu\n\nPrésents : Mme Rey, M. Petit\nExcusés : Mme Bel\n\nMerci.\n", "Qui était absent ?", "Bel"),
        (
            "Acta de la sesión\n\nAsistentes: Ana Gil, Luis Rey\nAusentes: Eva Sol\n\nGracias.\n",
            "¿Quién no asistió?",
            "Sol",
        ),
    ],
)
def test_attendance_is_read_in_german_french_and_spanish(text: str, question: str, expected: str) -> None:
    assert [quote.endswith(expected) for quote in quotes(question, text)] == [True]


COUNCIL = """TOWN OF HASK
Minutes, June 11, 2025

ROLL CALL
Present: Mayor Hartley, Councilmembers Dunn, Ibarra and Stone.
Absent: Councilmember Pratt (excused).

NEW BUSINESS
Councilmember Ibarra moved to adopt Ordinance 14 on parking. Seconded by Councilmember Dunn. Ayes: Hartley, Ibarra.
Nays: Dunn, Stone. The ordinance was not adopted.
A motion to double the dog licence fee died for lack of a second. The meeting adjourned at 8:47 p.m.
"""


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Was Councilmember Pratt at the meeting?", ["Absent: Councilmember Pratt (excused)."]),
        (
            "Was Ordinance 14 adopted?",
            ["Councilmember Ibarra moved to adopt Ordinance 14 on parking.", "The ordinance was not adopted."],
        ),
        ("Was the dog licence fee rejected?", ["A motion to double the dog licence fee died for lack of a second."]),
        (
            "Who voted against Ordinance 14?",
            [
                "Councilmember Ibarra moved to adopt Ordinance 14 on parking.",
                "Nays: Dunn, Stone.",
                "The ordinance was not adopted.",
            ],
        ),
    ],
)
def test_motions_are_read_with_their_votes(question: str, expected: list[str]) -> None:
    assert quotes(question, COUNCIL) == expected


def test_an_outcome_that_the_search_found_gets_its_object() -> None:
    document = document_from(MARCH, "a.txt", "text/plain")
    at = MARCH.index("The proposal was rejected.")
    found = complete_decisions("What about it?", [Citation(document, Span(at, at + len("The proposal was rejected.")))])
    proposal = "Ms Abebe proposed to lengthen the landing stage by twelve metres."
    assert [c.quote for c in found] == ["The proposal was rejected.", proposal]
    at = MARCH.index(proposal)
    alone = [Citation(document, Span(at, at + len(proposal)))]
    assert [c.quote for c in complete_decisions("Is the stage longer now?", alone)] == [
        proposal,
        "The proposal was rejected.",
    ]
    both = complete_decisions("What did Ms Abebe propose, and did the board agree?", alone)
    assert [c.quote for c in both] == [proposal, "The proposal was rejected."]
    assert complete_decisions("What did Ms Abebe propose?", alone) == tuple(alone)


@pytest.mark.parametrize(
    "outcome",
    ["The board turned this down.", "The board did not follow her, as the stage is new, and asked for a study."],
)
def test_an_outcome_that_has_a_pronoun_for_its_object_gets_it(outcome: str) -> None:
    text = f"Mill Board\nMinutes of 3 May 2026\n\n4. Stage\nMs Katz proposed to paint the stage. {outcome}\n"
    assert quotes("What was decided under item 4?", text) == ["Ms Katz proposed to paint the stage.", outcome]


def test_an_office_behind_a_name_in_a_list_is_nobody() -> None:
    text = "# Minutes of the Pier Board, 3 March 2025\n\n## Present\n\n- Ada Bo, Finance\n- Cy Day, Works\n"
    assert first_line("How many attended the meeting?", text) == "2 listed"


def test_the_last_meeting_is_the_newest_of_the_body_that_is_named() -> None:
    documents = [document_from(text, f"{n}.txt", "text/plain") for n, text in enumerate((MARCH, APRIL, COUNCIL))]
    question = SubQuestion("Who was absent at the last meeting of the Lake Sorven Trust?")
    query = understand(question, Conversation(), documents, Filters())
    found = reply_from_minutes(query, cast(Snapshot, _Snapshot(documents)))
    assert found
    assert isinstance(found[1], Answer)
    assert [citation.quote for citation in found[1].citations] == ["Apologies: none"]


def test_a_section_without_a_decision_is_quoted_for_what_was_decided_on_its_subject() -> None:
    text = "Minutes of 3 May 2025\n\nPresent: A. Bo, C. Day\n\n1. Harbour dues\nThe dues stay as they are.\n"
    assert quotes("What was decided on the harbour dues?", text) == ["The dues stay as they are."]


def test_nobody_is_told_to_have_voted_where_the_record_has_numbers_alone() -> None:
    text = MARCH.replace("Mr Lund voted against it.", "Two voted against it.")
    assert quotes("Who voted against the landing stage?", MARCH)[-1] == "Mr Lund voted against it."
    assert reply("Who voted against the landing stage?", text) is None


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("Which member paid nothing?", ["| Member", "| Vik"]),
        ("How many members are in arrears?", ["| Member", "| Orre", "| Vik"]),
        ("How much does Hask owe?", ["| Member", "| Hask"]),
        ("What is the status of the winch?", ["| Task", "| Repair the winch"]),
    ],
)
def test_cells_are_found_by_what_describes_their_row(question: str, rows: list[str]) -> None:
    assert [quote.split(" | ")[0] for quote in quotes(question, MARCH, APRIL)] == rows


def test_the_agenda_is_its_titles_and_an_item_is_found_by_its_subject() -> None:
    assert quotes("What was on the agenda in March 2025?", MARCH, APRIL)[:3] == [
        "1. Landing stage",
        "2. Reeds",
        "3. Boathouse",
    ]
    assert quotes("Under which item were the reeds discussed?", MARCH, APRIL) == ["2. Reeds"]


@pytest.mark.parametrize("state", ["open", "erledigt", "offen", "done"])
def test_the_state_of_an_item_is_read_in_its_brackets(state: str) -> None:
    text = f"Minutes of 3 May 2025\n\nActions\n- A. Bo: buy paint ({state})\n- C. Day: paint the door\n"
    is_open = state in ("open", "offen")
    assert ("A. Bo: buy paint" in quotes("Which actions are open?", text)[0]) is is_open


def test_copies_of_one_record_are_quoted_once() -> None:
    assert quotes("What was decided on the reeds?", MARCH, MARCH + "\nCopy for the members.\n") == [
        "The Trust approved the cutting of the reeds at a price of EUR 4,100."
    ]


PARISH = """ELMSTOW PARISH COUNCIL
Minutes of the Ordinary Meeting held on Thursday 12th February 2026

Present: Cllr J Smith (Chairman), Cllr A Jones, Cllr M Patel; the Clerk, Mrs D Hill; 6 members of the public.

26/11 Apologies for absence
Apologies were received and accepted from Cllr P Ford (holiday).

26/12 Minutes of the last meeting
RESOLVED: to approve the minutes of 8th January 2026. Proposed by Cllr Jones, seconded by Cllr Patel. All in favour.

26/13 Playground
Cllr Patel reported that the swing is broken. AGREED: to obtain three quotes. Action: Clerk.

26/14 Street lights
Deferred to the March meeting.
"""


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Was Cllr Ford at the meeting?", ["Apologies were received and accepted from Cllr P Ford (holiday)."]),
        ("Were the minutes of 8th January approved?", ["RESOLVED: to approve the minutes of 8th January 2026."]),
        ("What was decided under 26/13?", ["AGREED: to obtain three quotes."]),
        ("What actions were agreed?", ["AGREED: to obtain three quotes. Action: Clerk."]),
        ("What happened to the street lights item?", ["Deferred to the March meeting."]),
    ],
)
def test_minutes_of_a_parish_council_are_read(question: str, expected: list[str]) -> None:
    assert quotes(question, PARISH) == expected


def test_a_chair_among_groups_is_named_and_people_without_names_are_not_counted() -> None:
    assert first_line("Who chaired the meeting?", PARISH) == "Cllr J Smith"
    assert isinstance(found := reply("How many councillors attended?", PARISH), Answer)
    assert not found.statements


def test_a_record_without_a_day_is_read_for_a_year_with_a_note() -> None:
    text = (
        "Harbour Club\nMinutes of the spring meeting\n\nPresent: A. Bo, C. Day\nApologies: E. Fox\n\nThanks to all.\n"
    )
    document = document_from(text, "club.txt", "text/plain")
    query = replace(plain_query("Who was absent in 2025?"), filters=Filters(years=frozenset({2025})))
    found = reply_from_minutes(query, cast(Snapshot, _Snapshot([document])))
    assert found
    assert "club.txt" in "".join(found[1].notes)


def test_a_row_is_no_answer_to_a_question_that_only_shares_its_name() -> None:
    assert reply("When does the train to Vik leave?", APRIL) is None
    assert reply("When is the meeting in Vik?", APRIL) is None


ROWERS = """Ruderverein Hask
Protokoll der Sitzung vom 4. März 2026

| Name | Anwesenheit |
|---|---|
| Frau Ute Sand | entschuldigt (Vertretung: Herr Bo) |
| Herr Ole Rau | fehlt |
| Herr Kai Bo | anwesend |

1. Bootshaus
Der Neubau des Bootshauses wurde vorgestellt. Eine Entscheidung wird erst nach der Vorlage der Kosten getroffen.
"""
REEDS = """Association des Roseaux
Procès-verbal de la réunion du 4 mars 2026

| Nom | Présence |
|---|---|
| Mme Anne Roux | présente |
| M. Luc Petit | excusé, pouvoir à Mme Roux |
| M. Jean Blanc | absent |

1. Ponton
Le remplacement du ponton a été discuté. Le bureau ne s'est pas encore prononcé.
"""
YARD = """Boat Yard Vik
Minutes of the meeting of 4 March 2026

Present: A. Falk
Apologies: C. Moe
Absent: E. Sand

1. Tenders
Two tenders were opened. Neither was accepted.

2. Hull
The working party advised painting the hull in spring. Members did not follow this advice: it is painted in autumn.

3. Store
Se presentó la construcción del almacén. La decisión se tomará después de recibir el presupuesto.
"""


@pytest.mark.parametrize(
    ("text", "question", "expected"),
    [
        (YARD, "Which members were not at the meeting of 4 March?", ["Apologies: C. Moe", "Absent: E. Sand"]),
        (YARD, "Who sent apologies for absence?", ["Apologies: C. Moe"]),
        (YARD, "Who was absent without apology?", ["Absent: E. Sand"]),
        (REEDS, "Qui était excusé ?", ["| M. Luc Petit | excusé, pouvoir à Mme Roux |"]),
        (
            REEDS,
            "Quels membres n'étaient pas présents ?",
            ["| M. Luc Petit | excusé, pouvoir à Mme Roux |", "| M. Jean Blanc | absent |"],
        ),
        (ROWERS, "Wer war entschuldigt?", ["| Frau Ute Sand | entschuldigt (Vertretung: Herr Bo) |"]),
        (
            ROWERS,
            "Welche Mitglieder waren nicht bei der Sitzung?",
            ["| Frau Ute Sand | entschuldigt (Vertretung: Herr Bo) |", "| Herr Ole Rau | fehlt |"],
        ),
    ],
)
def test_those_excused_are_apart_from_those_absent(text: str, question: str, expected: list[str]) -> None:
    assert quotes(question, text) == expected


@pytest.mark.parametrize(
    ("text", "question", "expected"),
    [
        (YARD, "Which tenders were accepted?", ["Two tenders were opened.", "Neither was accepted."]),
        (
            YARD,
            "What did the working party advise, and did the members follow it?",
            [
                "The working party advised painting the hull in spring.",
                "Members did not follow this advice: it is painted in autumn.",
            ],
        ),
        (
            YARD,
            "¿Se aprobó la construcción del almacén?",
            [
                "Se presentó la construcción del almacén.",
                "La decisión se tomará después de recibir el presupuesto.",
            ],
        ),
        (
            ROWERS,
            "Wurde der Neubau des Bootshauses genehmigt?",
            [
                "Der Neubau des Bootshauses wurde vorgestellt.",
                "Eine Entscheidung wird erst nach der Vorlage der Kosten getroffen.",
            ],
        ),
        (
            REEDS,
            "Le remplacement du ponton a-t-il été adopté ?",
            ["Le remplacement du ponton a été discuté.", "Le bureau ne s'est pas encore prononcé."],
        ),
    ],
)
def test_no_decision_yet_and_none_of_several_are_outcomes(text: str, question: str, expected: list[str]) -> None:
    assert quotes(question, text) == expected


@pytest.mark.parametrize(
    ("lines", "question", "expected"),
    [
        (
            (
                "I'll ask the bank and report back before Easter.",
                "I can write to the insurer this week. We meet again on 4 May.",
                "I will be brief. Then Mr Lund orders three offers by 19 June.",
            ),
            "What are the action items from the call?",
            [
                "I'll ask the bank and report back before Easter.",
                "I can write to the insurer this week.",
                "Then Mr Lund orders three offers by 19 June.",
            ],
        ),
        (
            (
                "I will keep it short. I'll have the boiler looked at next week.",
                "Tom mends the gate by the twenty-first. Mira brings an offer to the next meeting.",
                "Mira, you write to the tenants.",
                "The bell has to ring at night. Tom, that is with you.",
            ),
            "What are the action items from the call?",
            [
                "I'll have the boiler looked at next week.",
                "Tom mends the gate by the twenty-first.",
                "Mira brings an offer to the next meeting.",
                "Mira, you write to the tenants.",
                "The bell has to ring at night. Tom, that is with you.",
            ],
        ),
        (
            (
                "Ich frage die Bank bis Freitag.",
                "Dann bestellt Frau Lund bis zum 19. Juni drei Angebote. Das ist teuer.",
            ),
            "Welche Aufgaben wurden verteilt?",
            ["Ich frage die Bank bis Freitag.", "Dann bestellt Frau Lund bis zum 19. Juni drei Angebote."],
        ),
        (
            (
                "Je vais réserver la salle.",
                "Alors M. Lund commande trois devis d'ici le 19 juin. On se revoit le 4 mai.",
            ),
            "Quelles actions ont été réparties ?",
            ["Je vais réserver la salle.", "Alors M. Lund commande trois devis d'ici le 19 juin."],
        ),
        (
            ("Voy a pedir los extractos.", "Entonces el señor Lund pide tres ofertas antes del 19 de junio."),
            "¿Qué tareas se repartieron?",
            ["Voy a pedir los extractos.", "Entonces el señor Lund pide tres ofertas antes del 19 de junio."],
        ),
    ],
)
def test_commitments_in_talk_are_action_items(lines: Sequence[str], question: str, expected: list[str]) -> None:
    said = [f"[10:00:0{n}] {('Mira Kahl', 'Tom Bo')[n % 2]}: {line}" for n, line in enumerate(("We begin.", *lines))]
    assert quotes(question, "Call on the hall, 3 March 2026\n\n" + "\n".join(said) + "\n") == expected


COMPLAINTS = """# Complaints about the ferry

| No | Received | Subject | State |
|---|---|---|---|
| 1 | 28.05.2026 | Noise | closed |
| 2 | 19.06.2026 | Broken lamp | open |
| 3 | 2026-06-22 | Smell | open |
| 4 | 19 June 2025 | Late ferry | closed |
"""
BESCHWERDEN = """# Beschwerden über die Fähre

| Nr. | Eingang | Betreff |
|---|---|---|
| 1 | 28.05.2026 | Lärm |
| 2 | 19. Juni 2026 | Lampe |
"""
BERTHS = """# Berths of the marina

| Berth | Cover | Status |
|---|---|---|
| A1 | wood | open |
| A2 | wood | closed |

Marina of Vik, page 2

| B1 | wood | open |
| B2 | steel | closed |
"""


@pytest.mark.parametrize(
    ("text", "question", "rows"),
    [
        (
            COMPLAINTS,
            "Which complaints were received in June 2026?",
            ["| 2 | 19.06.2026 | Broken lamp | open |", "| 3 | 2026-06-22 | Smell | open |"],
        ),
        (COMPLAINTS, "List the complaints of 19 June 2025.", ["| 4 | 19 June 2025 | Late ferry | closed |"]),
        (BESCHWERDEN, "Welche Beschwerden gingen im Juni 2026 ein?", ["| 2 | 19. Juni 2026 | Lampe |"]),
        (COMPLAINTS, "Which complaints were received in August 2026?", []),
        (BERTHS, "How many berths are closed?", ["| A2 | wood | closed |", "| B2 | steel | closed |"]),
        (BERTHS, "Which berths are not closed?", ["| A1 | wood | open |", "| B1 | wood | open |"]),
        (BERTHS, "Who closed the berths?", []),
    ],
)
def test_rows_are_found_by_a_day_and_by_a_state_on_all_pages(text: str, question: str, rows: list[str]) -> None:
    assert quotes(question, text)[1:] == rows


def test_the_rows_of_a_table_over_two_pages_are_counted_together() -> None:
    assert first_line("How many berths are closed?", BERTHS) == "2 listed"


def test_a_recommendation_is_cited_with_what_a_body_made_of_it() -> None:
    text = YARD + "\n4. Sails\nThe auditor recommended selling the sails. The Council took note and had them valued.\n"
    assert quotes("What did the auditor recommend, and what did the Council make of it?", text) == [
        "The auditor recommended selling the sails.",
        "The Council took note and had them valued.",
    ]


@pytest.mark.parametrize(
    "question", ["Which action items came out of the call?", "What did people agree to do?", "What are Tom's tasks?"]
)
def test_questions_for_what_was_taken_on_get_the_action_items(question: str) -> None:
    said = (
        "[10:00:01] Mira Kahl: The roof leaks.\n[10:00:05] Tom Bo: I'll send the plan.\n[10:00:09] Mira Kahl: Good.\n"
    )
    assert quotes(question, f"Call on the hall, 3 March 2026\n\n{said}") == ["I'll send the plan."]


NUMBERED = """# Weir Trust

Minutes of the meeting held on 4 June 2025

Present: Ida Moll

**107.** Apologies were received.

**108.** The trust resolved to lease a second barge.

Art. 5 The fish pass stays open from April.
"""
OF_YEAR = """Weir Parish Council

Minutes of the meeting held on 1 July 2025

Present: Per Dahl

107/25 Wall

Resolved: to rebuild the wall by October.

3. Market

It was agreed to hold the market on Mondays.

4. Pool

The pool opens on 5 July.

5.2 The bins were emptied.
"""


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What does minute 108 say?", ["**108.** The trust resolved to lease a second barge."]),
        (
            "What does minute 107 say?",
            ["**107.** Apologies were received.", "Resolved: to rebuild the wall by October."],
        ),
        ("What does minute 107/25 say?", ["Resolved: to rebuild the wall by October."]),
        ("What was resolved in 107/25?", ["Resolved: to rebuild the wall by October."]),
        ("What stands in 5.2 of the Weir Parish Council's minutes?", ["5.2 The bins were emptied."]),
        ("agenda item 3, 1 July 2025?", ["It was agreed to hold the market on Mondays."]),
        ("What does article 5 say?", ["Art. 5 The fish pass stays open from April."]),
    ],
)
def test_numbers_of_all_forms_are_found(question: str, expected: list[str]) -> None:
    assert quotes(question, NUMBERED, OF_YEAR) == expected


def test_at_present_asks_for_nobody_present() -> None:
    assert reply("How many barges are on the weir at present?", NUMBERED) is None


GIVEN_OUT = """Hall committee, planning talk of 4 March 2025

[10:00:02] Ada Bo: So who does what. Cy gets new flyers from the printer before the weekend. Ida rings him tomorrow.
[10:00:09] Ida Moll: I can do that.
[10:00:14] Ada Bo: And Uwe, find out what a lamp would cost, please.
[10:00:20] Uwe Falk: I fetch the ladder when it is dry.
[10:00:26] Cy Day: The steps need to be measured by Thursday, I take that one.
[10:00:31] Ada Bo: I will keep to the agenda. Ida is away this week.
[10:00:39] Cy Day: Ida to get a price for the chairs for the May meeting.
"""


def test_tasks_are_given_out_in_talk_without_a_heading() -> None:
    assert quotes("What are the action items?", GIVEN_OUT) == [
        "Cy gets new flyers from the printer before the weekend.",
        "Ida rings him tomorrow.",
        "And Uwe, find out what a lamp would cost, please.",
        "I fetch the ladder when it is dry.",
        "The steps need to be measured by Thursday, I take that one.",
        "Ida to get a price for the chairs for the May meeting.",
    ]


def test_the_tasks_of_a_meeting_are_not_those_that_are_due_then() -> None:
    assert len(quotes("List the tasks from the March meeting.", GIVEN_OUT)) == 6


STATES = """Weir club, minutes of 3 June 2025

| No | Action | Who | State |
|---|---|---|---|
| 1 | Book the barge | Moll | done |
| 2 | Buy two rings | Dahl | open |
| 3 | Ask for a loan | Bo | withdrawn, no longer needed |
| 4 | Paint the mast | Moll | cancelled |
"""


def test_a_dropped_action_is_neither_open_nor_done() -> None:
    assert first_line("How many actions are open?", STATES) == "1 open"
    assert first_line("How many actions are done?", STATES) == "1 done"
    assert [row[2] for row in quotes("Which actions were dropped?", STATES)[1:]] == ["3", "4"]


SHIFTS = """Beam time, round 7

| Ref | Group | Shifts asked | Shifts given |
|---|---|---|---|
| R1 | Orlund | 6 | 4 |
| R2 | Vik | 8 | 0 |
| R3 | Hask | 5 | - |
"""


def test_rows_are_counted_that_have_nothing_in_a_column_of_two_with_its_noun() -> None:
    assert first_line("How many groups got no shifts?", SHIFTS) == "2 listed"
    assert [row[2:4] for row in quotes("Which groups were given no shifts?", SHIFTS)[1:]] == ["R2", "R3"]


def test_the_number_of_somebody_in_no_row_is_refused() -> None:
    assert isinstance(reply("How many shifts did Krakow get?", SHIFTS), Abstention)


def test_a_later_decision_on_the_same_object_is_given_too() -> None:
    head = "Weir Trust\nMinutes of {}\n\nPresent: A. Bo\n\n1. Building\n{}\n"
    first = head.format("4 March 2025", "The panel had asked for new windows in the hall. The Board left them out.")
    second = head.format("8 April 2025", "The windows of the hall were put off to the autumn.")
    assert quotes("Were the new windows of the hall approved?", first, second) == [
        "The panel had asked for new windows in the hall.",
        "The Board left them out.",
        "The windows of the hall were put off to the autumn.",
    ]


LOFT = """Mill group, talk of 11 November 2025

[10:00:02] Asta Roe: We need a new rope for the hoist.
[10:00:09] Birk Lie: I can pick one up on Saturday.
[10:00:14] Asta Roe: The grant form is due on Monday. Cleo, could you send it?
[10:00:20] Cleo Ast: Somebody must sweep the loft before the visit.
[10:00:26] Dov Ash: Leave the loft to me.
[10:00:31] Birk Lie: I find the loft too dark.
"""


def test_what_somebody_is_asked_for_in_talk_is_quoted_with_the_sentence_that_names_it() -> None:
    assert quotes("Who has to do what?", LOFT) == [
        "I can pick one up on Saturday.",
        "The grant form is due on Monday. Cleo, could you send it?",
        "Somebody must sweep the loft before the visit.",
        "Leave the loft to me.",
    ]


def test_rows_are_counted_by_the_name_of_their_first_column() -> None:
    assert first_line("How many groups are there?", SHIFTS) == "3 listed"
