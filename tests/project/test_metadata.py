"""The project's papers agree with each other: one version, one licence, every package found, every dependency pinned for tests."""

import importlib.metadata
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def test_one_version():
    version = PROJECT["project"]["version"]
    assert re.search(rf"^version: {re.escape(version)}$", read("CITATION.cff"), re.MULTILINE)
    changelog = re.findall(r"^## \[([^\]]+)\]", read("CHANGELOG.md"), re.MULTILINE)
    assert changelog[0] == "Unreleased"
    assert len(changelog) == 1 or changelog[1] == version
    try:
        installed = importlib.metadata.version("relmarket")
    except importlib.metadata.PackageNotFoundError:
        pytest.skip("not installed")
    assert installed == version


def test_one_licence():
    assert PROJECT["project"]["license"] == "Apache-2.0"
    assert re.search(r"^license: Apache-2.0$", read("CITATION.cff"), re.MULTILINE)
    assert "Apache License" in read("LICENSE")


def test_the_two_commands_of_the_readme_are_there_as_promised():
    readme = read("README.md")
    assert "\npip install -e . && python run.py demo\n" in readme
    assert '\npip install -e ".[test]" && pytest\n' in readme


def test_every_folder_with_code_is_a_package_and_is_installed():
    tops = {pattern.split(".")[0] for pattern in PROJECT["tool"]["setuptools"]["packages"]["find"]["include"]}
    assert tops == {"sim", "scenarios", "experiments", "results"}
    folders = {path.parent for top in tops for path in (ROOT / top).rglob("*.py") if "runs" not in path.parts}
    assert [str(folder.relative_to(ROOT)) for folder in sorted(folders) if not (folder / "__init__.py").is_file()] == []


def test_every_dependency_has_a_tested_version():
    wanted = [
        *PROJECT["project"]["dependencies"],
        *PROJECT["project"]["optional-dependencies"]["test"],
        *PROJECT["project"]["optional-dependencies"]["dev"],
    ]
    names = {re.match(r"[\w-]+", line)[0].lower().replace("_", "-") for line in wanted}
    lines = [line for line in read("constraints.txt").splitlines() if line and not line.startswith("#")]
    pinned = {line.split("==")[0].strip().lower().replace("_", "-") for line in lines}
    assert names <= pinned
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.]+( ; python_version (<|>=) \"3\.\d+\")?", line)] == []


def test_links_between_documents_lead_somewhere():
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"):
        for target in re.findall(r"(?<!!)\]\((?!https?:)([^)#]+)\)", read(name)):
            assert (ROOT / target).exists(), f"{name}: {target}"


def test_an_installed_package_has_every_file_that_it_reads():
    data = PROJECT["tool"]["setuptools"]["package-data"]
    for room in ("sim", "scenarios", "experiments", "results"):
        for path in sorted((ROOT / room).rglob("*")):
            inside = path.relative_to(ROOT)
            if not path.is_file() or path.suffix in {".py", ".pyc"} or inside.is_relative_to("results/runs"):
                continue
            package = next(folder for folder in inside.parents if (ROOT / folder / "__init__.py").is_file())
            name = inside.relative_to(package)
            patterns = [pattern for pattern in data["*"] + data.get(".".join(package.parts), []) if pattern.count("/") == len(name.parts) - 1]
            assert any(name.match(pattern) for pattern in patterns), f"{inside} is not shipped"
