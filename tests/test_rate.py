from assistant.rate import Rate


def test_a_rate_counts_from_its_first_report() -> None:
    moments = iter([100.0, 101.0, 104.0, 104.0, 164.0])
    rate = Rate("passages", lambda: next(moments))
    assert rate.report(10, 1_210) == "10 of 1,210 passages"
    assert rate.report(50, 1_210) == "50 of 1,210 passages"
    assert rate.report(110, 1_210) == "110 of 1,210 passages, 25 a second, 44 s left"
    assert rate.report(18, 10_010) == "18 of 10,010 passages, 2.0 a second, 1.4 h left"
    assert rate.report(10, 10) == "10 of 10 passages"


def test_minutes_are_rounded() -> None:
    moments = iter([0.0, 10.0])
    rate = Rate("passages", lambda: next(moments))
    rate.report(0, 2_000)
    assert rate.report(100, 2_000) == "100 of 2,000 passages, 10 a second, 3 min left"
