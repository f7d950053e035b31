"""Every kind of bad input is answered with one clear sentence: file, path, value, what is allowed, what was perhaps meant."""

import math
import os

import pytest

from scenarios import ScenarioError, check, load, parse

A = '[[firms]]\nname = "A"\nstrategy = { kind = "transactional" }\n'
B = '[[firms]]\nname = "B"\nstrategy = { kind = "continuum", orientation = 0.9 }\n'
FIRMS = A + B


def problems(text):
    with pytest.raises(ScenarioError) as caught:
        parse(text, "my.toml")
    assert str(caught.value) == "\n".join(caught.value.problems)
    return caught.value.problems


def test_the_base_of_these_tests_is_fine():
    assert [firm.name for firm in parse(FIRMS, "my.toml").firms] == ["A", "B"]


SENTENCES = {
    "unknown key": (FIRMS.replace("orientation", "orientaton"), "firms[1].strategy.orientaton: unknown key; did you mean 'orientation'?"),
    "unknown key at the top": ("customer = 3\n" + FIRMS, "customer: unknown key; did you mean 'customers'?"),
    "unknown mechanism": ("[mechanisms.ned]\nactive = false\n" + FIRMS, "mechanisms.ned: unknown key; did you mean 'need'?"),
    "unknown key of a mechanism": ("[mechanisms.need]\nactiv = false\n" + FIRMS, "mechanisms.need.activ: unknown key; did you mean 'active'?"),
    "unknown strategy": (
        FIRMS.replace('"transactional"', '"transactionl"'),
        "firms[0].strategy.kind: there is no 'transactionl'; did you mean 'transactional'?",
    ),
    "unknown lever": (FIRMS + "fixed = { servce = 0.3 }\n", "firms[1].fixed.servce: unknown key; did you mean 'service'?"),
    "lever out of range": (
        FIRMS + "fixed = { service = 1.3 }\n",
        "firms[1].fixed.service: 1.3 is above 1; allowed: a number from 0 to 1 (share); did you mean 0.13?",
    ),
    "lever of a campaign": (
        '[[campaigns]]\nname = "c"\nfirm = "A"\nmonth = 1\nlevers = { phnoe = 3.0 }\n' + FIRMS,
        "campaigns[0].levers.phnoe: unknown key; did you mean 'phone'?",
    ),
    "share above 1": (
        FIRMS.replace("0.9", "1.4"),
        "firms[1].strategy.orientation: 1.4 is above 1; allowed: a number from 0 to 1 (share); did you mean 0.14?",
    ),
    "per cent for a share": (
        "[market]\ntransparency = 40\n" + FIRMS,
        "market.transparency: 40 is above 1; allowed: a number from 0 to 1 (share); did you mean 0.4?",
    ),
    "below the range": (FIRMS + "price = -1\n", "firms[1].price: -1 is below 0; allowed: a number from 0 to 1,000,000 (currency)"),
    "infinite": (FIRMS.replace("0.9", "inf"), "firms[1].strategy.orientation: inf is not a finite number; allowed: a number from 0 to 1 (share)"),
    "not a number": (FIRMS.replace("0.9", "nan"), "firms[1].strategy.orientation: nan is not a finite number; allowed: a number from 0 to 1 (share)"),
    "text for a number": (FIRMS.replace("0.9", '"0.9"'), "firms[1].strategy.orientation: '0.9' is text; allowed: a number from 0 to 1 (share)"),
    "yes for a number": (FIRMS.replace("0.9", "true"), "firms[1].strategy.orientation: true does not fit; allowed: a number from 0 to 1 (share)"),
    "number for yes or no": ("[mechanisms.need]\nactive = 1\n" + FIRMS, "mechanisms.need.active: 1 does not fit; allowed: true or false"),
    "half a customer": ("customers = 2.5\n" + FIRMS, "customers: 2.5 does not fit; allowed: a whole number from 1 to 50,000,000"),
    "zero customers": ("customers = 0\n" + FIRMS, "customers: 0 is below 1; allowed: a whole number from 1 to 50,000,000"),
    "zero months": ("months = 0\n" + FIRMS, "months: 0 is below 1; allowed: a whole number from 1 to 6,000"),
    "no firms": ("", "firms: missing; needed: a list of 2 to 64"),
    "an empty list of firms": ("firms = []", "firms: 0 are too few; allowed: 2 to 64"),
    "one firm": (A, "firms: 1 is too few; allowed: 2 to 64"),
    "duplicate firms": (FIRMS.replace('"B"', '"A"'), "firms: the name 'A' is used twice; names must differ"),
    "duplicate segments": ('[[segments]]\nname = "s"\n[[segments]]\nname = "s"\n' + FIRMS, "segments: the name 's' is used twice; names must differ"),
    "no name": (FIRMS.replace('name = "B"\n', ""), "firms[1].name: missing; needed: text"),
    "empty name": ('name = ""\n' + FIRMS, "name: '' is no name; allowed: 1 to 60 letters, digits, spaces and _ . + & -, a letter or digit first"),
    "no kind": (FIRMS.replace('kind = "continuum", ', ""), "firms[1].strategy.kind: missing; allowed: continuum, relational, transactional"),
    "a name for a strategy": (
        FIRMS.replace('{ kind = "transactional" }', '"transactional"'),
        "firms[0].strategy: 'transactional' is text; allowed: a table with kind = 'continuum', 'relational' or 'transactional'",
    ),
    "a number for a table": ("market = 3\n" + FIRMS, "market: 3 does not fit; allowed: a table"),
    "a date for a number": (
        "customers = 1979-05-27\n" + FIRMS,
        "customers: the date or time 1979-05-27 does not fit; allowed: a whole number from 1 to 50,000,000",
    ),
    "nearly an option": (
        '[market]\nsetting = "contractul"\n' + FIRMS,
        "market.setting: 'contractul' does not fit; allowed: 'noncontractual' or 'contractual'; did you mean 'contractual'?",
    ),
    "a campaign of nobody": ('[[campaigns]]\nname = "c"\nfirm = "Z"\nmonth = 1\n' + FIRMS, "campaigns[0].firm: there is no firm 'Z'"),
    "an event that sets nothing": (
        '[[events]]\nname = "e"\nmonth = 2\nset = { "firms.0.prise" = 2.0 }\n' + FIRMS,
        "events[0].set: firms[0].prise: unknown key; did you mean 'firms.0.price'?",
    ),
    "an event with a value that is not allowed": (
        '[[events]]\nname = "e"\nmonth = 2\nset = { "market.transparency" = "0.5" }\n' + FIRMS,
        "events[0].set: market.transparency: '0.5' is text; allowed: a number from 0 to 1 (share)",
    ),
    "an event that changes what cannot change": (
        '[[events]]\nname = "e"\nmonth = 2\nset = { customers = 5 }\n' + FIRMS,
        "events: 'e' sets customers, which cannot change during a run",
    ),
    "a number of thousands of digits": (f"customers = {'9' * 5000}\n" + FIRMS, "not a scenario: a number has thousands of digits"),
    "nested too deeply": ("x = " + "[" * 5000, "not a scenario: it is nested too deeply"),
    "nested too deeply in keys": (".".join("a" * 3000) + " = 1\n", "not a scenario: it is nested too deeply"),
}


@pytest.mark.parametrize("case", SENTENCES)
def test_one_sentence_says_what_is_wrong(case):
    text, sentence = SENTENCES[case]
    found = problems(text)
    # the strategies that there are may grow; the sentence names them all
    if "allowed: continuum" in sentence or "kind = 'continuum'" in sentence:
        assert [problem.split(";")[0] for problem in found] == ["my.toml: " + sentence.split(";")[0]]
    else:
        assert found == ("my.toml: " + sentence,)


def test_ten_thousand_firms_are_refused_quickly_and_shortly():
    many = "".join(f'[[firms]]\nname = "F{k}"\nstrategy = {{ kind = "transactional" }}\n' for k in range(10_000))
    assert problems(many) == ("my.toml: firms: 10,000 are too many; allowed: 2 to 64",)


def test_every_problem_gets_its_sentence_and_a_flood_is_cut():
    found = problems("customers = 0\nmonths = 0\n" + FIRMS.replace("orientation", "orientaton"))
    assert len(found) == 3
    with pytest.raises(ScenarioError) as caught:
        parse("".join(f"wrong{k} = 1\n" for k in range(50)) + FIRMS)
    assert str(caught.value).splitlines()[-1] == "and 30 more problems"


def test_two_events_that_do_not_go_together():
    events = "".join(f'[[events]]\nname = "e{k}"\nmonth = 2\nset = {{ "firms.{k}.start_share" = 0.7 }}\n' for k in (0, 1))
    assert problems(events + FIRMS) == ("my.toml: events: firms: the start_share of all firms together is above 1 (all customers)",)


def test_a_huge_whole_number_is_shown_by_its_length():
    (found,) = problems(f"customers = 0x{'f' * 9000}\n" + FIRMS)
    assert found.startswith("my.toml: customers: a number of 108") and len(found) < 200


def test_toml_mistakes_name_line_and_column():
    (found,) = problems("customers = 5\nmonths == 3\n")
    assert found.startswith("my.toml: not valid TOML: ") and "line 2, column 9" in found


def test_a_name_that_does_not_exist_is_answered_with_the_nearest():
    with pytest.raises(ScenarioError) as caught:
        load("dual")
    assert str(caught.value) == "there is no scenario 'dual'; did you mean 'duel'?"


def test_a_file_that_does_not_exist(tmp_path):
    (tmp_path / "market.toml").write_text(FIRMS)
    assert check(tmp_path / "markt.toml") == (f"{tmp_path}/markt.toml: there is no such file; did you mean '{tmp_path}/market.toml'?",)
    assert check(tmp_path / "no" / "m.toml") == (f"{tmp_path}/no/m.toml: there is no such file; nor is there a folder {tmp_path}/no",)


def test_a_folder(tmp_path):
    assert check(tmp_path) == (f"{tmp_path}: this is a folder; a scenario is a file",)


def test_a_binary_file(tmp_path):
    file = tmp_path / "picture.toml"
    file.write_bytes(b"\x89PNG\r\n\x1a\n\xff\xfe")
    assert check(file) == (f"{file}: not a text file in UTF-8 (byte 0); a scenario is TOML text",)


def test_an_unreadable_file(tmp_path, monkeypatch):
    file = tmp_path / "secret.toml"
    file.write_text(FIRMS)
    file.chmod(0)
    if os.access(file, os.R_OK):  # whoever may read everything meets the refusal in another way

        def refuse(self):
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(type(file), "read_bytes", refuse)
    assert check(file) == (f"{file}: cannot be read: permission denied",)


def test_a_device_is_no_scenario():
    assert check("/dev/null") == ("/dev/null: this is not an ordinary file",)


@pytest.mark.parametrize("name", ["", "\0", "a\0.toml", "x" * 5000, "x" * 5000 + ".toml", "../", ".", "duel.toml/"])
def test_odd_names_are_refused_in_a_sentence(name):
    with pytest.raises(ScenarioError):
        load(name)


def test_a_byte_order_mark_and_foreign_line_ends_are_fine(tmp_path):
    file = tmp_path / "windows.toml"
    file.write_bytes(b"\xef\xbb\xbf" + FIRMS.replace("\n", "\r\n").encode())
    assert load(file).name == "windows"


def test_numbers_of_both_kinds_are_numbers():
    assert parse(FIRMS + "price = 2\n").firms[1].price == 2.0
    assert math.isclose(parse(FIRMS + "price = 2e0\n").firms[1].price, 2.0)


def test_a_file_that_is_there_is_read_whatever_its_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes.md").write_text("# not TOML", encoding="utf-8")
    (tmp_path / "market").write_text('extends = "duel"\nmonths = 3\n', encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"^notes\.md: "):
        load("notes.md")
    assert load("market").months == 3
