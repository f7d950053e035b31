"""What a fact's numbers follow from: what it imports, however far away, and nothing that only shows them."""

from experiments.validation import catalogue, sources
from results.manifest import HERE


def names(fact):
    return {path.relative_to(HERE).as_posix() for path in sources.follows(catalogue.files()[fact])}


def test_helpers_and_their_helpers_count():
    assert {
        "experiments/validation/facts/v02_holdout.py", "experiments/validation/cohort.py", "experiments/estimators/pareto_nbd.py",
        "experiments/validation/fact.py", "results/intervals.py",
    } <= names("V2")  # fmt: skip


def test_what_shows_the_scorecard_and_other_facts_do_not():
    assert not {"experiments/validation/commands.py", "results/figures/scorecard.py", "experiments/validation/facts/v07_double_jeopardy.py"} & names(
        "V2"
    )


def test_a_module_and_its_package_are_found_by_either_form_of_import(tmp_path):
    file = tmp_path / "a.py"
    file.write_text("import results.intervals\nfrom experiments.validation import cohort\nimport numpy\n", encoding="utf-8")
    found = {path.name for path in sources.follows(file)}
    assert {"a.py", "intervals.py", "cohort.py", "__init__.py"} <= found


def test_the_digest_changes_with_the_file_and_with_the_work(tmp_path):
    file = tmp_path / "a.py"
    file.write_text("x = 1\n", encoding="utf-8")
    first = sources.digest(file, quick=False)
    assert sources.digest(file, quick=False) == first
    assert sources.digest(file, quick=True) != first
    file.write_text("x = 2\n", encoding="utf-8")
    assert sources.digest(file, quick=False) != first
