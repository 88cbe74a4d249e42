"""Swedish order in Python. The same order in the database: tests/integration/test_swedish_order.py."""

from vetting.kernel.sorting import swedish_key


def test_swedish_letters_come_last_and_in_order() -> None:
    names = [
        "Örby",
        "Zeta",
        "ängen",
        "Åsö",
        "alfa",
        "Älta",
        "Érik",
        "Ekan",
        "Fisk",
        "Üsküdar",
        "Yxan",
        "Zorn",
        "Ærtholm",
    ]
    assert sorted(names, key=swedish_key) == [
        "alfa",
        "Ekan",
        "Érik",
        "Fisk",
        "Üsküdar",
        "Yxan",
        "Zeta",
        "Zorn",
        "Åsö",
        "Älta",
        "ängen",
        "Ærtholm",
        "Örby",
    ]


def test_case_does_not_matter() -> None:
    assert swedish_key("ÅKERSBERGA") == swedish_key("åkersberga")
    assert swedish_key("İΣ") == "iσ"
