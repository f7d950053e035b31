"""Anybody's transaction log: who bought on which day, for how much; every repair is counted, and what cannot be read is refused.

DuckDB reads the file: it finds separators and quotes, and a million rows take a second or two. Several rows of one customer on one day are
one purchase, as the models of repeat buying have it.
"""

import codecs
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.language import say
from scenarios import places
from scenarios.errors import ScenarioError, shown

NAMES = {
    "customer": ("customer", "customerid", "customerno", "customernumber", "cust", "custid", "client", "clientid", "user", "userid", "member",
                 "memberid", "buyer", "account", "accountid", "email", "kunde", "kundennummer", "id"),
    "date": ("date", "orderdate", "invoicedate", "purchasedate", "transactiondate", "day", "datetime", "timestamp", "time", "orderedat", "createdat",
             "datum"),
    "amount": ("amount", "revenue", "sales", "total", "value", "spend", "price", "turnover", "gross", "net", "umsatz", "betrag"),
}  # fmt: skip
"""What columns are called, letters and digits only; the first that is there counts."""
FORMATS = {
    "%Y-%m-%d": "2024-03-31", "%Y/%m/%d": "2024/03/31", "%Y.%m.%d": "2024.03.31", "%Y%m%d": "20240331", "%d.%m.%Y": "31.03.2024",
    "%d.%m.%y": "31.03.24",
    "%d/%m/%Y": "31/03/2024", "%m/%d/%Y": "03/31/2024", "%d-%m-%Y": "31-03-2024", "%m-%d-%Y": "03-31-2024", "%d/%m/%y": "31/03/24",
    "%m/%d/%y": "03/31/24", "%d-%b-%Y": "31-Mar-2024", "%d/%b/%Y": "31/Mar/2024",
}  # fmt: skip
"""Forms of dates that are understood, each with an example; a time of day behind is left out."""
FEWEST_READABLE = 0.5
"""Share of dates that must be readable: below it the column is not one of dates."""
FEWEST_DAYS = 2
SPREADSHEET = b"PK\x03\x04"
"""How the files of spreadsheets begin, which are archives."""


@dataclass(frozen=True)
class Transactions:
    """A log as customer-days, in order of customer and day.

    Attributes
    ----------
    customer : ndarray of int
        Number of the customer, from 0, shape (n_days,).
    day : ndarray of int
        Days since the first day of the log, shape (n_days,).
    amount : ndarray of float
        Money spent on that day, currency; missing (nan) where the log does not say. Shape (n_days,).
    origin : date
        The first day of the log.
    rows : int
        Rows in the file.
    repairs : tuple of str
        What was left out or understood, counted: sentences for people.
    """

    customer: NDArray[np.int64]
    day: NDArray[np.int64]
    amount: NDArray[np.float64]
    origin: date
    rows: int
    repairs: tuple[str, ...]

    @property
    def n_customers(self) -> int:
        """How many customers there are."""
        return int(self.customer[-1]) + 1

    @property
    def last(self) -> date:
        """The last day of the log."""
        return self.origin + timedelta(days=int(self.day.max()))


def read(path: Path, *, customer: str = "", when: str = "", amount: str = "") -> Transactions:
    """Read a log.

    Parameters
    ----------
    path : Path
        A file of separated values with a line of column names.
    customer, when, amount : str
        Names of the columns; empty to find them by their usual names. A log without amounts is read too.

    Raises
    ------
    ScenarioError
        One sentence: the file or column that cannot be used, and why.
    """
    import duckdb

    encoding, repairs = _encoding(path)
    db = duckdb.connect()
    try:
        source = (
            f"read_csv({_quoted(str(path))}, all_varchar = true, header = true, null_padding = true, strict_mode = false, quote = '\"', "
            f"escape = '\"', delim = {_quoted(_separator(path, encoding))}, encoding = '{encoding}')"
        )
        db.execute(f"CREATE TABLE raw AS SELECT * FROM {source}")
        columns = [str(row[0]) for row in db.execute("DESCRIBE raw").fetchall()]
        who = _column(path, columns, "customer", customer)
        day = _column(path, columns, "date", when)
        paid = _column(path, columns, "amount", amount, needed=bool(amount))
        repairs += _clean(db, path, who, day, paid)
        table = db.execute(
            "SELECT dense_rank() OVER (ORDER BY who) - 1 AS customer, day, sum(paid) AS amount FROM log GROUP BY who, day ORDER BY customer, day"
        ).fetchnumpy()
        rows = _one(db, "SELECT count(*) FROM raw")
    except duckdb.Error as error:
        raise ScenarioError(f"{path}: cannot be read as a table of separated values: {str(error).splitlines()[0]}") from None
    finally:
        db.close()
    days = np.asarray(table["day"], "datetime64[D]").astype(np.int64)
    if len(np.unique(days)) < FEWEST_DAYS:
        raise ScenarioError(f"{path}: all purchases are of one day, so nobody can be seen to come back")
    spent: NDArray[np.float64] = np.ma.filled(np.ma.asarray(table["amount"], dtype=float), np.nan)
    origin = date(1970, 1, 1) + timedelta(days=int(days.min()))
    return Transactions(np.asarray(table["customer"], np.int64), days - days.min(), spent, origin, rows, tuple(repairs))


def quick_header(path: Path) -> tuple[str, ...]:
    """Return the column names of a file in small letters, as far as its first line tells them; empty where it has none.

    Raises
    ------
    ScenarioError
        If the file cannot be read.
    """
    encoding, _ = _encoding(path)
    line = _first_line(path, encoding)
    return tuple(cell.strip().strip("\"'").lower() for cell in line.split(_separator(path, encoding))) if line.strip() else ()


def _first_line(path: Path, encoding: str) -> str:
    with path.open(encoding="utf-8-sig" if encoding == "utf-8" else encoding, errors="replace") as file:
        return file.readline()


def _separator(path: Path, encoding: str) -> str:
    """Return what separates the column names: of comma, semicolon, tab and bar the one that stands there most often, comma if none."""
    line = _first_line(path, encoding)
    return max(",;\t|", key=line.count)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _name(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


def _one(db: Any, query: str) -> int:
    return int(db.execute(query).fetchone()[0])


def _encoding(path: Path) -> tuple[str, list[str]]:
    """Return how a file is encoded, and what is to be said of it."""
    try:
        with path.open("rb") as file:
            head = file.read(4)
            if not head:
                raise ScenarioError(f"{path}: the file is empty")
            if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                return "utf-16", [say("the file is in UTF-16")]
            if b"\0" in head or head.startswith(SPREADSHEET):
                raise ScenarioError(f"{path}: is not a text file; save a spreadsheet as CSV")
            decoder = codecs.getincrementaldecoder("utf-8")()
            decoder.decode(head)
            while part := file.read(1 << 22):
                decoder.decode(part)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "latin-1", [say("the file is not in UTF-8 and was read as Latin-1")]
    except OSError as error:
        raise ScenarioError(f"{path}: cannot be read: {(error.strerror or str(error)).lower()}") from None
    return "utf-8", []


def _column(path: Path, columns: list[str], what: str, given: str, *, needed: bool = True) -> str:
    """Return the name of a column: the one that is given, or the one that is usually called so; empty if there need not be one."""
    if given:
        if given in columns:
            return given
        raise ScenarioError(f"{path}: there is no column {shown(given)}{places.perhaps(given, columns)}; there are: {', '.join(columns)}")
    plain = {"".join(letter for letter in column.lower() if letter.isalnum()): column for column in reversed(columns)}
    for name in NAMES[what]:
        if name in plain:
            return plain[name]
    if needed:
        raise ScenarioError(f"{path}: which column has the {what}? Say it with --{what} COLUMN; there are: {', '.join(columns)}")
    return ""


def _clean(db: Any, path: Path, who: str, day: str, paid: str) -> list[str]:
    """Make the table ``log`` of ``raw``, and return what was repaired."""
    total = _one(db, "SELECT count(*) FROM raw")
    if not total:
        raise ScenarioError(f"{path}: there is no row below the line of column names")
    db.execute("CREATE TABLE different AS SELECT DISTINCT * FROM raw")
    form = _date_form(db, path, day)
    db.execute(f"CREATE TABLE days AS SELECT text, try_strptime(text, '{form}')::DATE AS day FROM texts")
    db.execute(
        f"CREATE TABLE parsed AS SELECT trim({_name(who)}) AS who, days.day AS day, {_money(paid) if paid else 'NULL::DOUBLE'} AS paid "
        f"FROM different LEFT JOIN days ON {_day_text(day)} = days.text"
    )
    dated = "day IS NOT NULL AND year(day) BETWEEN 1900 AND 2199"
    kept = f"who <> '' AND {dated}"
    twice = total - _one(db, "SELECT count(*) FROM different")
    nobody = _one(db, "SELECT count(*) FROM parsed WHERE who IS NULL OR who = ''")
    never = _one(db, f"SELECT count(*) FROM parsed WHERE who <> '' AND NOT coalesce({dated}, false)")
    returned = _one(db, f"SELECT count(*) FROM parsed WHERE {kept} AND paid < 0")
    moneyless = _one(db, f"SELECT count(*) FROM parsed WHERE {kept} AND paid IS NULL") if paid else 0
    said = [
        (twice, say("rows that repeat another one in every column, and count once: {n}", n=f"{twice:,}")),
        (nobody, say("rows without a customer, left out: {n}", n=f"{nobody:,}")),
        (never, say("rows without a readable date, left out: {n}", n=f"{never:,}")),
        (returned, say("rows with a negative amount, left out as returns: {n}", n=f"{returned:,}")),
        (moneyless, say("rows without a readable amount, which count as purchases and not as money: {n}", n=f"{moneyless:,}")),
        (not paid, say("the log has no column of amounts: what customers spend is not fitted")),
    ]
    db.execute(f"CREATE TABLE log AS SELECT who, day, paid FROM parsed WHERE {kept} AND (paid IS NULL OR paid >= 0)")
    if not _one(db, "SELECT count(*) FROM log"):
        raise ScenarioError(f"{path}: no row has a customer, a date and a purchase")
    return [sentence for count, sentence in said if count]


def _money(paid: str) -> str:
    """Return the SQL of an amount as a number: plain ones as they are; others without currency, with , or . before the cents, (5) for -5."""
    value = f"regexp_replace({_name(paid)}, '[^0-9.,()-]', '', 'g')"
    comma = f"regexp_matches({value}, ',[0-9]{{1,2}}\\)?$')"
    number = f"CASE WHEN {comma} THEN replace(replace({value}, '.', ''), ',', '.') ELSE replace({value}, ',', '') END"
    return f"coalesce(try_cast({_name(paid)} AS DOUBLE), try_cast(replace(replace({number}, '(', '-'), ')', '') AS DOUBLE))"


def _day_text(day: str) -> str:
    """Return the SQL of a date without its time of day."""
    return f"split_part(split_part(trim({_name(day)}), ' ', 1), 'T', 1)"


def _date_form(db: Any, path: Path, day: str) -> str:
    """Return the form in which the dates of ``different`` are written; makes the table ``texts`` of what is written, each once.

    Raises
    ------
    ScenarioError
        If few can be read in any form, or all of them in two forms.
    """
    db.execute(f"CREATE TABLE texts AS SELECT {_day_text(day)} AS text, count(*) AS n FROM different GROUP BY ALL")
    counts = ", ".join(f"coalesce(sum(n) FILTER (try_strptime(text, '{form}') IS NOT NULL), 0)" for form in FORMATS)
    found = db.execute(f"SELECT coalesce(sum(n), 0), {counts} FROM texts WHERE text <> ''").fetchone()
    there, readable = int(found[0]), dict(zip(FORMATS, map(int, found[1:]), strict=True))
    best = max(readable, key=lambda form: readable[form])
    if readable[best] < max(1, FEWEST_READABLE * there):
        example = db.execute(f"SELECT {_name(day)} FROM different WHERE trim({_name(day)}) <> '' LIMIT 1").fetchone()
        seen = f"such as {shown(str(example[0]))} " if example else ""
        raise ScenarioError(f"{path}: column {shown(day)}: values {seen}are not dates that can be read; write them as 2024-03-31")
    # The same text in two forms: %y reads the first two digits of a year, and 03/04 is in March or in April.
    twins = [form for form in readable if form != best and readable[form] == readable[best] and len(FORMATS[form]) == len(FORMATS[best])]
    if any({form[:2], best[:2]} == {"%d", "%m"} for form in twins):
        example = str(db.execute("SELECT text FROM texts WHERE text <> '' LIMIT 1").fetchone()[0])
        raise ScenarioError(f"{path}: column {shown(day)}: is {example} the month first or the day first? Both fit; write dates as 2024-03-31")
    return best
