"""Whoever calls the writer of tables, found in the source: each has to be a registered export."""

import ast
from pathlib import Path

import upwell
from upwell.sheets.exports import EXPORTS

SOURCE = Path(upwell.__file__).parent
WRITERS = {"table_file", "write_table", "write_csv", "write_xlsx", "Workbook", "writer"}
ALLOWED = {"sheets/write.py", "core/downloads.py"}  # the writer itself, and its way to a browser


def unregistered(source, name):
    """Functions of a module that write a table and are not registered."""
    tree = ast.parse(source)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    registered = [node for node in functions if any(map(is_export, node.decorator_list))]
    inside = {id(call) for function in registered for call in ast.walk(function)}
    return [
        f"{name}:{call.lineno}"
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and writes(call) and id(call) not in inside
    ]


def is_export(decorator):
    return isinstance(decorator, ast.Call) and getattr(decorator.func, "id", "") == "export"


def writes(call):
    name = getattr(call.func, "id", "") or getattr(call.func, "attr", "")
    return name in WRITERS


def callers():
    """The calls of the writer that no export holds, but for calls of a registered function."""
    names = {function.__name__ for function in EXPORTS.values()}
    found = []
    for file in sorted(SOURCE.rglob("*.py")):
        name = str(file.relative_to(SOURCE))
        if name not in ALLOWED:
            found += unregistered(file.read_text(), name)
    return [place for place in found if called_at(place) not in names]


def called_at(place):
    name, line = place.split(":")
    statement = (SOURCE / name).read_text().splitlines()[int(line) - 1]
    return statement.strip().split("(")[0]
