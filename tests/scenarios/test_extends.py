"""One scenario laid over another: tables merge, everything else is replaced; every way in which it can go wrong has its sentence."""

import pytest

from scenarios import ScenarioError, load

FIRMS = """
[[firms]]
name = "A"
strategy = { kind = "transactional" }
[[firms]]
name = "B"
strategy = { kind = "relational" }
"""


@pytest.fixture
def write(tmp_path):
    def writer(name, text):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
        return file

    return writer


def refused(file):
    with pytest.raises(ScenarioError) as caught:
        load(file)
    return str(caught.value)


def test_tables_merge_key_by_key_and_lists_replace(write):
    write("base.toml", "[market]\ntransparency = 0.9\nswitching_cost = 2.0\n" + FIRMS)
    child = load(write("child.toml", 'extends = "base.toml"\n[market]\nswitching_cost = 1.0\n[[segments]]\nname = "only"\n'))
    assert (child.market.transparency, child.market.switching_cost) == (0.9, 1.0)
    assert [segment.name for segment in child.segments] == ["only"]
    assert [firm.name for firm in child.firms] == ["A", "B"]


def test_a_list_of_firms_replaces_the_whole_list(write):
    write("base.toml", FIRMS)
    child = load(write("child.toml", 'extends = "base.toml"\n' + FIRMS.replace('"A"', '"C"')))
    assert [firm.name for firm in child.firms] == ["C", "B"]


def test_the_name_is_the_files_unless_it_gives_one(write):
    write("base.toml", 'name = "the base"\n' + FIRMS)
    assert load(write("child.toml", 'extends = "base.toml"\n')).name == "child"
    assert load(write("other.toml", 'name = "its own"\nextends = "base.toml"\n')).name == "its own"


def test_a_bare_name_means_a_shipped_scenario_first_and_then_a_neighbour(write):
    write("neighbour.toml", "customers = 77\n" + FIRMS)
    assert load(write("child.toml", 'extends = "neighbour"\n')).customers == 77
    assert load(write("duel.toml", 'extends = "duel"\ncustomers = 77\n')).firms == load("duel").firms


def test_paths_start_at_the_file_that_states_them(write):
    write("deep/base.toml", 'extends = "../root.toml"\nmonths = 5\n')
    write("root.toml", "customers = 9\n" + FIRMS)
    child = load(write("child.toml", 'extends = "deep/base.toml"\n'))
    assert (child.months, child.customers) == (5, 9)


def test_a_scenario_that_extends_itself(write):
    file = write("self.toml", 'extends = "self.toml"\n' + FIRMS)
    assert refused(file) == f"{file}: extends: 'self.toml' leads back to {file}; a scenario cannot extend itself"


def test_a_circle_of_three(write):
    write("a.toml", 'extends = "b.toml"\n')
    write("b.toml", 'extends = "c.toml"\n')
    write("c.toml", 'extends = "a.toml"\n')
    sentence = refused(write("a.toml", 'extends = "b.toml"\n'))
    assert "c.toml: extends: 'a.toml' leads back to " in sentence
    assert sentence.endswith("a scenario cannot extend itself")


def test_a_missing_parent(write):
    file = write("child.toml", 'extends = "dual"\n')
    assert refused(file) == f"{file}: extends: there is no scenario 'dual'; did you mean 'duel'?"
    file = write("child.toml", 'extends = "gone.toml"\n')
    assert refused(file) == f"{file}: extends: {file.parent}/gone.toml: there is no such file"


@pytest.mark.parametrize("value", ["3", "[]", "''", '"a\\u0000b"', "{}"])
def test_a_parent_that_is_no_name(write, value):
    file = write("child.toml", f"extends = {value}\n")
    assert refused(file).endswith("does not fit; allowed: the name of a scenario or the path of a file")


def test_the_sentence_names_the_file_that_says_it(write):
    base = write("base.toml", "[market]\ntransparency = 7.0\n" + FIRMS)
    child = write("child.toml", 'extends = "base.toml"\n[market]\nidle_capacity = 9.0\n')
    first, second = refused(child).splitlines()
    assert {first.split(":")[0], second.split(":")[0]} == {str(base), str(child)}
    assert f"{base}: market.transparency: 7.0 is above 1" in (first + second)


def test_another_kind_replaces_its_table_since_it_has_other_parameters(write, monkeypatch):
    from scenarios import files

    below = {"strategy": {"kind": "transactional", "tolerance": 0.2}}
    layers = [files.Layer("child", files.FOLDER, {"strategy": {"kind": "relational"}}), files.Layer("base", files.FOLDER, below)]
    assert files.merged(layers) == {"strategy": {"kind": "relational"}}
    same = [files.Layer("child", files.FOLDER, {"strategy": {"discount_depth": 0.1}}), files.Layer("base", files.FOLDER, below)]
    assert files.merged(same) == {"strategy": {"kind": "transactional", "tolerance": 0.2, "discount_depth": 0.1}}
