"""Reading and checking a codebook file. The format is described in docs/reference/codebook-format.md.

    bytes -> codebook_nodes (YAML, lines) -> codebook_parts (shape) -> domain checks (sense) -> Codebook

The schema file `codebooks/codebook.schema.json` says the same of the shape, for editors.
"""

from __future__ import annotations

from qualcode.domain.codebook import Codebook
from qualcode.domain.codebook_check import Path, Severity
from qualcode.domain.codebook_check_parts import faults_of
from qualcode.domain.inert import inert
from qualcode.errors import N_, BadInput
from qualcode.formats.codebook_names import alike_names
from qualcode.formats.codebook_nodes import Kind, Node, parse
from qualcode.formats.codebook_parts import codebook_of
from qualcode.formats.codebook_problems import Problem, Problems, Unreadable

__all__ = ["Problem", "Severity", "check_codebook", "read_codebook"]


def read_codebook(content: bytes, *, name: str) -> Codebook:
    """The codebook in `content`; `name` is the file's, for messages.

    Raises BadInput with the first error, its line, and how many more there are. Warnings do not stop it.
    """
    codebook, problems = _read(content)
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if codebook is not None and not errors:
        return codebook
    first, more = errors[0], len(errors) - 1
    template = N_("{file}, line {line}: {problem}")
    if more:
        template = N_("{file}, line {line}: {problem} (more errors: {more})")
    raise BadInput(
        template,
        hint=N_("`qualcode codebook check FILE` lists everything."),
        file=inert(name),
        line=first.line,
        problem=first.message,
        more=more,
    )


def check_codebook(content: bytes) -> list[Problem]:
    """Everything that is wrong or doubtful in `content`, by line. Empty for a sound codebook; never raises."""
    return _read(content)[1]


def _read(content: bytes) -> tuple[Codebook | None, list[Problem]]:
    problems = Problems()
    try:
        root = parse(content, problems)
        codebook = codebook_of(root, problems)
        for fault in (*faults_of(codebook), *alike_names(codebook)):
            problems.add(fault.severity, _node_at(root, fault.path), fault.message)
    except Unreadable:
        return None, problems.in_order()
    return codebook, problems.in_order()


def _node_at(root: Node, path: Path) -> Node:
    """The node at a path of the format; what is missing is shown at the entry that should have it."""
    node = root
    for step in path:
        if node.kind is Kind.MAP and step in node.pairs:
            node = node.pairs[str(step)][1]
        elif node.kind is Kind.LIST and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            break
    return node
