"""Right words in the mouth of another are misattributed; where the record names no speaker, nothing is claimed."""

import pytest

from assistant.verification.checker import Checker
from assistant.verification.findings import Finding
from assistant.verification.quotations import quotations
from assistant.verification.readers.report import Paragraph, ReportText
from assistant.verification.render import findings_lines, findings_object
from assistant.verification.speakers.beside import speakers_beside
from support.generated_texts import document

PRESS = document(
    "The bridge committee met in Arnwick. Minister Ewa Sand said: “We shall open the bridge before the winter comes.”"
    " She added that the toll would fall to 3 marks. The members agreed to meet again in the autumn.\n\n"
    "In his reply, Governor Tom Delacroix warned that the northern road is “far too narrow for lorries”.\n",
    "press.txt",
)
TALK = document(
    "Ms. SAND: We open the bridge in winter. The toll will fall.\n\n"
    "Mr. OKORO: I do not like the toll at all. The road is narrow.\n\n"
    "Ms. SAND: That is as it may be.\n\n"
    "Mr. OKORO: As Governor Delacroix once told us, roads are narrow when people are many.\n",
    "talk.txt",
)


def only(text: str, *before: str) -> Finding:
    paragraphs = [Paragraph(words, f"paragraph {number}") for number, words in enumerate((*before, text), start=1)]
    (checked,) = Checker((PRESS, TALK)).check(ReportText("r.md", tuple(paragraphs))).quotations
    return checked


OPEN = "We shall open the bridge before the winter comes"


@pytest.mark.parametrize(
    "text",
    [
        f"Governor Delacroix declared: “{OPEN}.”",
        f"“{OPEN},” said Governor Delacroix.",
        f"“{OPEN}”, Governor Tom Delacroix said.",
        f"“{OPEN}”, said Mr. Okoro.",
        f"According to Tom Delacroix, “{OPEN}”.",
        f"As Governor Delacroix put it, “{OPEN}”.",
        f"“{OPEN}” (Governor Delacroix).",
        f"Delacroix told reporters that “{OPEN}”.",
        f"Governor Delacroix, answering Ms. Sand, said: “{OPEN}”.",
        "Governor Delacroix added that “the toll would fall to 3 marks”.",
        "Minister Ewa Sand said that the road was “far too narrow for lorries”.",
        "Minister Sand warned that “the northern road is” bad.",
        "Mr. Okoro said: “We open the bridge in winter.”",
        "Ms. Sand complained: “I do not like the toll at all.”",
        "Mme Sand a déclaré : « I do not like the toll at all ».",
    ],
)
def test_the_words_of_another_are_misattributed(text: str) -> None:
    checked = only(text)
    assert checked.verdict == "misattributed"
    assert checked.speakers is not None
    assert (
        checked.because == f"the report gives the words to {checked.speakers[0]}, the record to {checked.speakers[1]}"
    )


@pytest.mark.parametrize(
    "text",
    [
        f"Minister Sand declared: “{OPEN}.”",
        f"SAND Ewa declared: “{OPEN}.”",
        f"“{OPEN},” said E. Sand.",
        f"“{OPEN},” said Ms Ewa Sand of Arnwick.",
        f"The committee said: “{OPEN}”.",
        f"Norway said: “{OPEN}”.",
        f"Governor Delacroix's spokesman said: “{OPEN}”.",
        f"Governor Delacroix did not say “{OPEN}”.",
        f"In a letter to Governor Delacroix, she wrote: “{OPEN}”.",
        f"Governor Delacroix heard Minister Sand say: “{OPEN}”.",
        f"Governor Delacroix thanked Ms. Sand and said: “{OPEN}”.",
        "Governor Delacroix said that “the members agreed to meet again”.",
        "Minister Sand said that “the toll would fall to 3 marks”.",
        "Minister Sand spoke. She said: “We open the bridge in winter.”",
        "MR OKORO said: “The road is narrow.”",
        "Governor Delacroix said: “roads are narrow when people are many”.",
        "Mr. Okoro said: “roads are narrow when people are many”.",
    ],
)
def test_a_speaker_is_named_otherwise_or_nothing_is_claimed(text: str) -> None:
    assert only(text).verdict in ("exact", "typographic")


def test_the_paragraph_before_may_name_the_speaker() -> None:
    assert only(f"“{OPEN}.”", "Governor Delacroix declared:").verdict == "misattributed"
    assert only(f"“{OPEN}.”", "Minister Sand declared:").verdict == "exact"


def test_a_wrong_person_in_brackets_is_misattributed() -> None:
    assert only("“She [Governor Delacroix] added that the toll would fall”").verdict == "misattributed"
    assert only("“She [Minister Sand] added that the toll would fall”").verdict == "typographic"


def test_a_speaker_in_the_records_title_is_a_person_and_a_body_there_is_none() -> None:
    titled = document("Briefing by Ewa Sand and Ben Okoro of the Harbour Watch\n\n" + TALK.text, "briefing.txt")
    for text, verdict in (
        ("Ewa Sand said: “I do not like the toll at all.”", "misattributed"),
        ("Harbour Watch said: “I do not like the toll at all.”", "exact"),
    ):
        (checked,) = Checker((titled,)).check(ReportText("r.md", (Paragraph(text, "p"),))).quotations
        assert checked.verdict == verdict, text


LOCK = document(
    "Minister Ewa Sand opened the assembly. “The lock is too small for modern barges,” she said. Mr. Ben Okoro of"
    " Brunmark replied that nobody had asked for a larger one. According to the treasurer, Lena Fork, the fund holds"
    " 1.2 million marks.\n",
    "lock.txt",
)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("“The lock is too small for modern barges,” Sand said.", "exact"),
        ("Mr Okoro said “The lock is too small for modern barges”.", "misattributed"),
        ("Lena Fork said that “the fund holds 1.2 million marks”.", "exact"),
        ("Ben Okoro said that “the fund holds 1.2 million marks”.", "misattributed"),
        ("Ms. Sand asked whether “nobody had asked for a larger one”.", "misattributed"),
    ],
)
def test_the_record_names_its_speaker_by_a_pronoun_or_behind_an_office(text: str, verdict: str) -> None:
    (checked,) = Checker((LOCK,)).check(ReportText("r.md", (Paragraph(text, "p"),))).quotations
    assert checked.verdict == verdict


def test_both_names_are_told() -> None:
    text = ReportText("r.md", (Paragraph(f"Governor Delacroix declared: “{OPEN}.”", "paragraph 1"),))
    found = Checker((PRESS,)).check(text)
    told = "the report gives the words to Governor Delacroix, the record to Minister Ewa Sand"
    assert told in " ".join(findings_lines(found, 1))
    assert findings_object(found)["quotations"][0]["speakers"] == {
        "report": "Governor Delacroix",
        "record": "Minister Ewa Sand",
    }
    assert found.is_wrong


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("“We go,” said Sand, and Okoro added: “we stay”.", [["Sand"], ["Okoro"]]),
        ("Sand said “we go” and “we stay”.", [["Sand"], ["Sand"]]),
        ("“We go,” said Sand, “and we stay.”", [["Sand"], ["Sand"]]),
        ("Minister Sand and Mr. Okoro said: “we go”.", [["Minister Sand", "Mr. Okoro"]]),
        ("Ministerin Sand sagte: „wir bleiben“.", [["Ministerin Sand"]]),
        ("« Nous restons », a déclaré le ministre Okoro.", [["Okoro"]]),
        ("Mr. Okoro quoted Ms. Sand as saying: “we go”.", [["Ms. Sand"]]),
        ("Dr. Jan van der Berg said “we go”.", [["Dr. Jan van der Berg"]]),
        ("“We go.” — Ewa Sand", [["Ewa Sand"]]),
        ("“We go.” Mr. Okoro said that he would stay.", [[]]),
        ("The chair, Ms. Bo, said “we go”.", [["Ms. Bo"]]),
        ("The Harbour Authority said “we go”.", [[]]),
        ("In May the ministers said “we go”.", [[]]),
    ],
)
def test_the_speaker_stands_beside_the_quotation(text: str, speakers: list[list[str]]) -> None:
    spans = [quotation.span for quotation in quotations(ReportText("", (Paragraph(text, ""),)))]
    found = [[p.name for p in speakers_beside(text, span, [s for s in spans if s != span])] for span in spans]
    assert found == speakers


RAIL = document(
    "Record of the hearing, 9 June 2032\n\nThe session was chaired by Baroness Ines Calloway. Professor Rafiq Amin told"
    " the forum: “The night train pays for itself after four years.” Ms Jutta Holm objected that the figures left out"
    " the cleaning of the cars. Mr Pim de Vries had no view. “Nobody sleeps on a train that stops eleven times,”"
    " remarked Ms Holm.\n\nFrau Sommer eröffnete die Debatte. Sie sagte: „Die Mole hält keinen weiteren Winter.“\n",
    "rail.txt",
)
NIGHT, MOLE = "The night train pays for itself after four years", "Die Mole hält keinen weiteren Winter"


def rail_verdict(text: str) -> str:
    (checked,) = Checker((RAIL,)).check(ReportText("r.md", (Paragraph(text, "p"),))).quotations
    return checked.verdict.value


@pytest.mark.parametrize(
    "text",
    [
        f"Ms Holm found: “{NIGHT}.”",
        f"Jutta Holm opened the debate: “{NIGHT}.”",
        f"Holm (see above) was clear that “{NIGHT}”.",
        f"De Vries, a commuter, summed it up: “{NIGHT}.”",
        f"On 9 June the economist Jutta Holm closed with a quip: “{NIGHT}.”",
        f"Asked about costs, Holm was brief: “{NIGHT}.”",
        f"As Holm has it, “{NIGHT}”.",
        f"For Holm, “{NIGHT}”.",
        f"In the view of Ms Holm, “{NIGHT}”.",
        f"Holm’s answer was short: “{NIGHT}.”",
        f"It was Holm's conclusion that “{NIGHT}”.",
        f"Amin met Holm, who calculated: “{NIGHT}.”",
        f"“{NIGHT}”, Holm shot back.",
        f"“{NIGHT}”, as Holm put it.",
        f"“{NIGHT}”, thinks Holm.",
        f"“{NIGHT}” [Holm].",
        f"“{NIGHT}” was Holm's conclusion.",
        f"Per Holm, “{NIGHT}”.",
        "Amin's objection was that “the figures left out the cleaning of the cars”.",
        f"Herr Vogt stellte fest: „{MOLE}.“",
        f"„{MOLE}“, so Herr Vogt.",
        f"M. Lenoir constata : « {MOLE} ».",
        f"« {MOLE} », d'après M. Lenoir.",
    ],
)
def test_the_subject_of_the_clause_beside_a_quotation_is_its_speaker_whatever_the_verb(text: str) -> None:
    assert rail_verdict(text) == "misattributed"


@pytest.mark.parametrize(
    "text",
    [
        f"Amin went further: “{NIGHT}.”",
        f"Answering Holm, Amin was brief: “{NIGHT}.”",
        f"When Holm asked, the answer was: “{NIGHT}.”",
        f"Holm was told: “{NIGHT}.”",
        f"“{NIGHT}”, Holm was told.",
        f"Holm quoted Amin: “{NIGHT}.”",
        f"Holm agreed with Amin: “{NIGHT}.”",
        f"Holm sat next to Amin, who calculated: “{NIGHT}.”",
        f"Holm's critics had it: “{NIGHT}.”",
        f"A warning to Holm: “{NIGHT}.”",
        f"What Holm disputes is simple: “{NIGHT}.”",
        f"The forum, with Holm in the chair, heard this: “{NIGHT}.”",
        f"“{NIGHT}” was the line that Holm attacked.",
        f"“{NIGHT}.” Holm did not believe it.",
        f"„{MOLE}“, so Frau Sommer.",
        f"Frau Sommer stellte fest: „{MOLE}.“",
    ],
)
def test_a_name_that_is_only_an_object_or_in_another_clause_is_no_speaker(text: str) -> None:
    assert rail_verdict(text) in ("exact", "typographic")
