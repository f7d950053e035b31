"""Logs as people have them: the same purchases in any form are the same log; what cannot be read is refused in one sentence."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from experiments.calibration.transactions import read
from scenarios.errors import ScenarioError

PURCHASES = [
    ("Zoë, Ms", date(2024, 1, 20), 1234.5),
    ("bob", date(2024, 1, 20), 3.25),
    ("bob", date(2024, 2, 3), 20.0),
    ("bob", date(2024, 3, 31), 7.0),
]


def written(rows, *, separator=",", form="%Y-%m-%d", comma=False, quote=False, head=("customer", "date", "amount"), end="\n", money=""):
    def cell(text):
        return f'"{text}"' if quote or separator in text else text

    lines = [separator.join(head)]
    for who, when, amount in rows:
        number = f"{amount:,.2f}" if money else f"{amount:.2f}"
        number = number.translate(str.maketrans(",.", ".,")) if comma else number
        lines.append(separator.join(map(cell, (who, when.strftime(form), money + number))))
    return end.join(lines) + end


FORMS = {
    "plain": (written(PURCHASES), "utf-8"),
    "BOM": (written(PURCHASES), "utf-8-sig"),
    "UTF-16": (written(PURCHASES), "utf-16"),
    "Latin-1": (written(PURCHASES), "latin-1"),
    "German": (written(PURCHASES, separator=";", form="%d.%m.%Y", comma=True, head=("Kunde", "Datum", "Betrag")), "utf-8"),
    "American": (written(PURCHASES, form="%m/%d/%Y %H:%M", quote=True, money="$", head=("Customer ID", "InvoiceDate", "Total")), "utf-8"),
    "tabs": (written(PURCHASES, separator="\t", form="%Y%m%d"), "utf-8"),
    "ISO time": (written(PURCHASES, form="%Y-%m-%dT%H:%M:%S"), "utf-8"),
    "CRLF": (written(PURCHASES, end="\r\n"), "utf-8"),
    "other order": (written(PURCHASES[::-1]), "utf-8"),
}


@pytest.mark.parametrize("name", FORMS)
def test_the_same_log_in_any_form(tmp_path, name):
    text, encoding = FORMS[name]
    path = tmp_path / "log.csv"
    path.write_bytes(text.encode(encoding))
    log = read(path)
    assert log.n_customers == 2
    assert (log.origin, log.last) == (date(2024, 1, 20), date(2024, 3, 31))
    one = log.day[log.customer == (0 if (log.customer == 0).sum() == 3 else 1)]
    assert one.tolist() == [0, 14, 71]
    assert sorted(log.amount.tolist()) == [3.25, 7.0, 20.0, 1234.5]
    assert bool(log.repairs) == (name in ("Latin-1", "UTF-16"))


def test_repairs_are_counted(tmp_path):
    path = tmp_path / "log.csv"
    rows = [
        "a,2024-01-01,5",
        "a,2024-01-01,5",
        "a,2024-01-01,2",
        "a,2024-02-01,-5",
        "b,,3",
        ",2024-01-02,3",
        "b,soon,3",
        "b,2024-01-09,",
        "b,2024-01-20,x",
    ]
    path.write_text("customer,date,amount\n" + "\n".join(rows))
    log = read(path)
    assert log.rows == 9
    assert [int(sentence.rsplit(": ", 1)[1]) for sentence in log.repairs] == [1, 1, 2, 1, 2]
    assert log.day.tolist() == [0, 8, 19]  # the return is no purchase
    assert log.amount[0] == 7.0  # two orders of one day are one purchase
    assert np.isnan(log.amount[1:]).all()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "the file is empty"),
        ("customer,date,amount\n", "no row below"),
        ("who,date\na,2024-01-01\n", "which column has the customer? Say it with --customer COLUMN; there are: who, date"),
        ("customer,amount\na,3\n", "which column has the date"),
        ("customer,date\na,2024-01-01\nb,2024-01-01\n", "all purchases are of one day"),
        ("customer,date\na,soon\nb,later\n", "are not dates that can be read; write them as 2024-03-31"),
        ("customer,date\na,03/04/2024\nb,05/06/2024\n", "month first or the day first? Both fit"),
        ("customer,date,amount\na,2024-01-01,-3\nb,2024-01-05,-4\n", "no row has a customer, a date and a purchase"),
        ("a\0b", "is not a text file"),
        ("PK\x03\x04sheet,date", "is not a text file; save a spreadsheet as CSV"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(tmp_path, text, sentence):
    path = tmp_path / "log.csv"
    path.write_text(text)
    with pytest.raises(ScenarioError) as caught:
        read(path)
    assert sentence in str(caught.value)
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)


def test_a_column_that_is_not_there(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text(written(PURCHASES))
    with pytest.raises(ScenarioError, match="there is no column 'custmer'; did you mean 'customer'"):
        read(path, customer="custmer")


cells = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), max_size=12) | st.sampled_from(
    ["", "2024-01-31", "31.12.2023", "-5", "1,50", '"', "€ 7"]
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(cells, min_size=1, max_size=4), max_size=8), separator=st.sampled_from([",", ";", "\t", "|"]))
def test_anything_is_a_log_or_one_sentence(tmp_path, rows, separator):
    path = tmp_path / "any.csv"
    path.write_bytes((separator.join(["customer", "date", "amount"]) + "\n" + "\n".join(separator.join(row) for row in rows)).encode())
    try:
        log = read(path)
    except ScenarioError as error:
        assert "\n" not in str(error)
        return
    assert log.day.min() == 0
    assert len(np.unique(np.stack([log.customer, log.day]), axis=1).T) == len(log.day)
    assert not (log.amount < 0).any()


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    bought=st.lists(st.tuples(st.integers(0, 6), st.integers(0, 200), st.integers(0, 99_999)), min_size=2, max_size=30),
    separator=st.sampled_from([",", ";", "\t"]), form=st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%Y%m%d"]), comma=st.booleans(), quote=st.booleans(),
)  # fmt: skip
def test_no_form_changes_a_log(tmp_path, bought, separator, form, comma, quote):
    rows = sorted({(f"c{who}", date(2023, 1, 1) + timedelta(days=day), cents / 100) for who, day, cents in bought})
    if len({when for _, when, _ in rows}) < 2:
        return
    plain, other = tmp_path / "plain.csv", tmp_path / "other.csv"
    plain.write_text(written(rows))
    other.write_text(written(rows, separator=separator, form=form, comma=comma and separator != ",", quote=quote))
    first, second = read(plain), read(other)
    assert np.array_equal(first.customer, second.customer)
    assert np.array_equal(first.day, second.day)
    assert np.array_equal(first.amount, second.amount)
