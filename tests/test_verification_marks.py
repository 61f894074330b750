"""A report may group digits as its own text or language does, never so that another number is meant."""

import pytest

from assistant.verification.checker import Checker
from assistant.verification.readers.report import Paragraph, ReportText
from support.generated_texts import document

CHECKER = Checker(
    (
        document(
            "The board counted 61,300 visitors and 88,000 tickets. The dam holds 1,234 kg of silt. The gauge showed"
            " 2.750 metres. It paid 4.375 shares for each bond, €1.500 per litre, and had an average of 2.500 children."
            " In phase 2 500 people came. On day 3 250 members came. In group 4 120 people sat. In round 2 500 boats"
            " sailed.\n",
            "quay.txt",
        ),
        document(
            "Der Rat zählte 61.300 Besucher. Die Mole wiegt 1,234 Tonnen. Die Kosten stiegen um 3,5 Prozent.\n",
            "rat.txt",
        ),
    )
)
GERMAN = (
    "Der Rat hat in seiner Sitzung über die Mole und den Hafen gesprochen, und die Mitglieder haben nach langer"
    " Aussprache beschlossen, dass die Arbeiten im Frühjahr beginnen und im Herbst enden sollen. Die Gäste haben sich"
    " bedankt und sind danach mit dem Schiff in die Stadt gefahren. "
)


def verdict(text: str) -> str:
    (finding,) = CHECKER.check(ReportText("r.md", (Paragraph(text, "paragraph 1"),))).quotations
    return finding.verdict.value


@pytest.mark.parametrize(
    "text",
    [
        "Of 1.250.000 crowns: “The board counted 61.300 visitors and 88.000 tickets”",
        "Of 1.250.000 crowns: “The dam holds 1.234 kg of silt”",
        "It rose by 3,5 per cent. “The dam holds 1.234 kg of silt”",
        f"{GERMAN}„The dam holds 1.234 kg of silt“",
        "„Der Rat zählte 61,300 Besucher.“",
        "„Der Rat zählte 61 300 Besucher.“",
    ],
)
def test_the_same_figure_in_another_convention_is_typographic(text: str) -> None:
    assert verdict(text) == "typographic"


@pytest.mark.parametrize(
    "text",
    [
        "“The dam holds 1.234 kg of silt”",
        "Of 1,250,000 crowns: “The dam holds 1.234 kg of silt”",
        "“The gauge showed 2,750 metres”",
        "“The gauge showed 2750 metres”",
        "“The board counted 61.300 visitors and 88.000 tickets”",
        "“The board counted 61.30 visitors”",
        "“It paid 4375 shares for each bond”",
        "“It paid 4,375 shares for each bond”",
        "“for each bond, €1500 per litre”",
        "“for each bond, €1,500 per litre”",
        "“had an average of 2500 children”",
        "“In phase 2,500 people came”",
        "“In phase 2500 people came”",
        "“On day 3250 members came”",
        "“4,120 people sat”",
        "“4120 people sat”",
        "“In round 2500 boats sailed”",
        "“The board counted 61.200 visitors”",
        "„Die Mole wiegt 1.234 Tonnen“",
        "„Die Mole wiegt 1234 Tonnen“",
        f"{GERMAN}„Die Mole wiegt 1.234 Tonnen“",
    ],
)
def test_another_figure_is_altered(text: str) -> None:
    assert verdict(text) == "altered"
