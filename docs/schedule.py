"""The order of a month and the streams of luck, read from the code that carries them out."""

import ast
import inspect
import re
from dataclasses import dataclass, field
from pathlib import Path

import sim
from docs.text import code, table
from sim import month
from sim.draws import FIRST_DRAWS, MANY_DRAWS

ROOT = Path(sim.__file__).parent
EVERYTHING = "every column of the newcomers"
_NUMBERED = re.compile(r"^\s+# (\d+\. .*)$")


@dataclass
class Step:
    """A numbered comment of the code, and what is done below it."""

    title: str
    calls: list[str] = field(default_factory=list)
    draws: list[str] = field(default_factory=list)
    writes: list[str] = field(default_factory=list)


def comments(source: str) -> dict[int, str]:
    """Return the numbered comments of some code by line, from 1."""
    found = {}
    for number, line in enumerate(source.splitlines(), start=1):
        match = _NUMBERED.match(line)
        if match:
            found[number] = match.group(1)
    return found


def steps() -> list[Step]:
    """Return the steps of a customer's month: the rules called, the luck drawn and the columns written in each."""
    source = inspect.getsource(month)
    tree = ast.parse(source)
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    marks = comments(source)
    starts = sorted(marks)
    found = {start: Step(marks[start]) for start in starts}
    nodes = [node for node in ast.walk(functions["carry_out"]) if isinstance(node, ast.expr)]
    for node in sorted(nodes, key=lambda node: (node.lineno, node.col_offset)):
        before = [start for start in starts if start < node.lineno]
        if before:
            _note(found[before[-1]], node, functions)
    return [found[start] for start in starts]


def _note(step: Step, node: ast.AST, functions: dict[str, ast.FunctionDef]) -> None:
    if isinstance(node, ast.Call):
        _note_call(step, node, functions)
    target = node.value if isinstance(node, ast.Subscript) else node
    if isinstance(getattr(node, "ctx", None), ast.Store) and isinstance(target, ast.Attribute) and _name(target.value) == "b":
        _add(step.writes, target.attr)


def _note_call(step: Step, node: ast.Call, functions: dict[str, ast.FunctionDef]) -> None:
    called = ast.unparse(node.func)
    rule = re.fullmatch(r"(?:now\.)?rules\.(\w+\.\w+)", called)
    luck = re.fullmatch(r"(luck|born)\.uniforms?", called)
    if rule:
        _add(step.calls, rule.group(1))
    elif luck and isinstance(node.args[0], ast.Constant):
        _add(step.draws, str(node.args[0].value))
    elif called == "population.settle":
        _add(step.calls, called)
        step.writes.append(EVERYTHING)
    elif called in functions:
        for inner in ast.walk(functions[called]):
            _note(step, inner, {})


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _add(names: list[str], name: str) -> None:
    if name not in names:
        names.append(name)


def month_table() -> str:
    """Return the steps of a customer's month as a table."""
    head = ("step", "rules and functions", "luck", "columns written")

    def listed(names: list[str]) -> str:
        return ", ".join(name if name == EVERYTHING else code(name) for name in names)

    return table(head, ((step.title, listed(step.calls), listed(step.draws), listed(step.writes)) for step in steps()))


def model_steps() -> str:
    """Return what the model does in one period, as the comments of ``MarketModel.step`` say it."""
    source = (ROOT / "market.py").read_text(encoding="utf-8")
    body = source[source.index("def step(self)") : source.index("def run_model(self)")]
    return "\n".join(f"- {text}" for text in comments(body).values())


def streams() -> str:
    """Return the streams of random numbers: where each decision's luck comes from and where it is used."""
    texts = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in sorted(ROOT.rglob("*.py"))}
    in_month = {draw: step.title.split(".")[0] for step in steps() for draw in step.draws}

    def used(name: str) -> str:
        files = [path for path, text in texts.items() if re.search(rf'uniforms?\("{name}"', text)]
        return ", ".join(f"month, step {in_month[name]}" if path == "month.py" and name in in_month else code(f"sim/{path}") for path in files)

    rows = [(code(name), str(stream), str(lane), "one", used(name)) for name, (stream, lane) in FIRST_DRAWS.items()]
    per = {"choice": "one per purchase"}
    rows += [(code(name), str(stream), "", per.get(name, "one per firm"), used(name)) for name, stream in MANY_DRAWS.items()]
    return table(("decision", "stream", "which of four", "draws a period", "used in"), rows)


def constants() -> list[tuple[str, float, str]]:
    """Return the named numbers of the month: name, value, and the comment beside them."""
    source = inspect.getsource(month)
    found = []
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign):
            comment = source.splitlines()[node.lineno - 1].partition("  # ")[2]
            names = [name.id for target in node.targets for name in ast.walk(target) if isinstance(name, ast.Name)]
            found += [(name, float(getattr(month, name)), comment) for name in names if name.isupper() and comment]
    return found
