import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.catalogue.numbers import NumberForm, is_code, measure, number_form, parse_number

CLOCK = NumberForm(clock="m:ss")


@pytest.mark.parametrize(
    ("spelt", "value", "unit"),
    [
        ("£45", 45.0, "£"),
        ("1,299.00", 1299.0, None),
        ("$1,299", 1299.0, "$"),
        ("USD 45", 45.0, "$"),
        ("-3", -3.0, None),
        ("−3", -3.0, None),
        ("1 299,50", None, None),
        (".5", 0.5, None),
        ("1e3", 1000.0, None),
        ("1.5 kg", 1.5, "kg"),
        ("46 %", 46.0, "%"),
        ('13.3"', 13.3, "in"),
        ("4.5 out of 5 stars", 4.5, "stars"),
        ("7/10", 7.0, None),
        ("2h 10min", 130.0, "min"),
        ("2h10", 130.0, "min"),
        ("90 mins", 90.0, "min"),
        ("PT1H30M", 90.0, "min"),
        ("1:52:00", 112.0, "min"),
        ("3:45", 3.75, "min"),
        ("12-14", None, None),
        ("12,34,5", None, None),
        ("large", None, None),
        ("h", None, None),
        ("", None, None),
        ("9" * 100, None, None),
        ("1e999", None, None),
        (float("inf"), None, None),
        (10**400, None, None),
        (True, None, None),
        ([3], None, None),
    ],
)
def test_spelling(spelt: object, value: float | None, unit: str | None) -> None:
    if value is None:
        with pytest.raises(ValueError, match="number"):
            measure(spelt, CLOCK)
    else:
        found, found_unit = measure(spelt, CLOCK)
        assert found == pytest.approx(value)
        assert found_unit == unit


def test_a_clock_is_a_duration_only_where_the_column_is_one() -> None:
    with pytest.raises(ValueError, match="no number"):
        parse_number("20:15", NumberForm())
    assert parse_number("2:10", NumberForm(clock="h:mm")) == 130.0


def test_the_decimal_comma_is_found_from_the_column() -> None:
    form, share = number_form(["45,90", "1.299,00", "12"], None, None)
    assert form.comma
    assert share == 1.0
    assert [parse_number(cell, form) for cell in ("45,90", "1.299,00", "1.299")] == [45.9, 1299.0, 1299.0]


def test_thousands_without_decimals_keep_the_point_as_decimal_mark() -> None:
    form, _ = number_form(["1,299", "45"], None, None)
    assert parse_number("1,299", form) == 1299.0


def test_other_units_are_turned_into_the_commonest() -> None:
    form, _ = number_form(["500 g", "250 g", "1.2 kg"], None, None)
    assert form.unit == "g"
    assert [parse_number(cell, form) for cell in ("500 g", "1.2 kg", "7")] == [500.0, 1200.0, 7.0]


def test_durations_become_minutes() -> None:
    form, _ = number_form(["2 h", "2h 10min"], None, "h:mm")
    assert form.unit == "min"
    assert parse_number("2 h", form) == 120.0


def test_one_currency_is_never_taken_for_another() -> None:
    form, _ = number_form(["£4", "£5", "$6"], None, None)
    with pytest.raises(ValueError, match=r"in \$, where the column is in £"):
        parse_number("$6", form)


def test_leading_zeros_make_a_code() -> None:
    assert is_code("00123")
    assert not is_code("0")
    assert not is_code("0.5")


@settings(max_examples=100)
@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_any_amount_with_thousands_separators_comes_back(amount: object) -> None:
    assert parse_number(f"{amount:,}", NumberForm()) == pytest.approx(float(str(amount)))


@settings(max_examples=200)
@given(st.text(max_size=80) | st.floats() | st.integers() | st.none() | st.binary())
def test_anything_gives_a_finite_number_or_a_reason(raw: object) -> None:
    try:
        value = parse_number(raw, CLOCK)
    except ValueError as error:
        assert str(error)
    else:
        assert abs(value) < float("inf")
