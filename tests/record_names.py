"""Every name under which the code writes into the record, found in the code itself."""

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db.models import Model

from teams.steps import Transition

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("teams", "workplans", "ideas", "meetings", "reports", "duties")
NAME = re.compile(r"^[a-z][a-z_]*\.[a-z_]+$")
WRITES = re.compile(r"import .*\brecord(_section)?\b")
# First words of what is no name: modules, kinds of jobs.
ELSEWHERE = {*ROOMS, "allauth", "django"}
# Names put together at run time: what the braces can hold.
PUT_TOGETHER = {
    "newsletter.{what}": ("gather", "add_news", "move_piece"),
    "{thing._meta.model_name}.measure": ("pilot", "replication"),
    "{of._meta.model_name}.add_tasks": ("pilot", "replication"),
    "{thing._meta.model_name}.update": ("standingtopic", "memoprefix", "phrase", "postgroup"),
    "{model._meta.model_name}.{step.name}": (),  # the steps, see below
    "handover.{step}": ("given", "taken", "settled"),
}


def names_in_actions() -> set[str]:
    """Of the names written out, and of those put together."""
    found: set[str] = set()
    for tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                if NAME.match(node.value) and node.value.partition(".")[0] not in ELSEWHERE:
                    found.add(node.value)
            elif (
                isinstance(node, ast.Call)
                and ast.unparse(node.func) == "record"
                and isinstance(node.args[0], ast.JoinedStr)
            ):
                text = ast.unparse(node.args[0])[2:-1]
                found |= {re.sub(r"\{[^}]*\}", what, text) for what in PUT_TOGETHER[text]}
    return found


def _trees() -> Iterator[ast.Module]:
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            text = path.read_text()
            if "migrations" not in path.parts and (WRITES.search(text) or path.stem == "timeline"):
                yield ast.parse(text)


def names_of_steps() -> set[str]:
    """Of every row of every table of transitions: the model whose states it leads between."""
    return {
        f"{model._meta.model_name}.{step.name}"
        for step in _steps()
        for model in _models_in(type(step.target))
    }


def _steps() -> Iterator[Transition]:
    for room in ROOMS:
        words = vars(importlib.import_module(f"{room}.enums")).values()
        yield from (one for one in words if isinstance(one, Transition))


def _models_in(states: type) -> list[type[Model]]:
    return [
        model
        for model in apps.get_models()
        if any(
            one.name == "status" and one.choices == states.choices  # type: ignore[attr-defined]
            for one in model._meta.concrete_fields
        )
    ]


def every_name() -> set[str]:
    return names_in_actions() | names_of_steps()
