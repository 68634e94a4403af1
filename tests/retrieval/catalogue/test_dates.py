import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.catalogue.dates import date_form, parse_date, timestamp


@pytest.mark.parametrize(
    ("spelt", "iso"),
    [
        ("2024-03-01", "2024-03-01"),
        ("2024/3/1", "2024-03-01"),
        ("2024-03", "2024-03"),
        ("12/03/2024", "2024-03-12"),
        ("31.12.24", "2024-12-31"),
        ("12/03/85", "1985-03-12"),
        ("12 Mar 2024", "2024-03-12"),
        ("March 12, 2024", "2024-03-12"),
        ("Friday, 1st March 2024", "2024-03-01"),
        ("Sept 2021", "2021-09"),
        ("2024-03-01T10:00:00Z", "2024-03-01T10:00:00"),
        ("2024-03-01 10:00+02:00", "2024-03-01T08:00:00"),
        ("2024-03-01 00:00:00", "2024-03-01"),
        ("20240312", "2024-03-12"),
        ("1999", "1999"),
        (1999, "1999"),
        (1_700_000_000, "2023-11-14T22:13:20"),
        (1_700_000_000_000.0, "2023-11-14T22:13:20"),
        ("2024-02-30", None),
        ("31/31/2024", None),
        ("12 Foo 2024", None),
        ("soon", None),
        (7, None),
        (True, None),
        (10**30, None),
        (float("nan"), None),
        ("0001-01-01T00:00:00+23:00", None),
    ],
)
def test_spelling(spelt: object, iso: str | None) -> None:
    if iso is None:
        with pytest.raises(ValueError, match="no date"):
            parse_date(spelt)
    else:
        assert parse_date(spelt) == iso


def test_the_month_comes_first_where_the_column_shows_it() -> None:
    assert date_form(["03/04/2024", "12/31/2024"], named=True) == (True, 1.0)
    assert date_form(["03/04/2024", "31/12/2024"], named=True) == (False, 1.0)
    assert parse_date("03/04/2024", month_first=True) == "2024-03-04"


def test_bare_digits_are_dates_only_where_the_name_says_so() -> None:
    for raw in ("1999", 20240312, 1_700_000_000):
        with pytest.raises(ValueError, match="no date"):
            parse_date(raw, named=False)


@pytest.mark.parametrize(
    ("iso", "day"), [("1970", 0), ("1970-02", 31), ("1970-01-03", 2), ("1970-01-02T12:00:00", 1.5)]
)
def test_timestamp_is_the_beginning(iso: str, day: float) -> None:
    assert timestamp(iso) == day * 86_400


@settings(max_examples=100)
@given(
    st.dates(min_value=datetime.date(1000, 1, 1)),
    st.sampled_from(["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%b %d, %Y"]),
)
def test_any_day_in_any_format_comes_back(day: datetime.date, form: str) -> None:
    assert parse_date(day.strftime(form)) == day.isoformat()


@settings(max_examples=200)
@given(st.text(max_size=50) | st.floats() | st.integers())
def test_anything_gives_a_date_that_sorts_or_a_reason(raw: object) -> None:
    try:
        iso = parse_date(raw)
    except ValueError as error:
        assert "no date" in str(error)
    else:
        assert iso[:4].isdigit()
        timestamp(iso)
