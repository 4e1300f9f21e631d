"""The sample study's own tables counted a second time, from its reference files alone.

Imports only `collections` and the two plain scripts beside it, which import only `csv` and `collections`: nothing
of qualcode, so that an error in the program cannot hide in its own test. What each table is about is said anew.
"""

from collections import defaultdict

from tests.sample import plain_graph, plain_matrices

Coding = dict[str, str]
Relation = tuple[str, str, str, str, Coding, Coding]
"""Type, stance, case, informant, source, target."""
Counted = dict[str, object]
Table = dict[tuple[tuple[str, ...], str, str, str], Counted]
"""Places of the row, "codings" or relation types with the end, column, split -> what is counted there."""


def codings_of(transcripts: str, codebook: str, rows: list[dict[str, str]]) -> list[Coding]:
    """The accepted codings with their case and the side of who speaks."""
    sides = plain_matrices.sides_of(codebook, plain_matrices.rows_of(transcripts + "/informants.csv"))
    found: list[Coding] = []
    for row in rows:
        case = row["case"] or plain_graph.only(plain_matrices.cases_of(f"{transcripts}/{row['document']}.md"))
        found.append({**row, "case": case, "side": sides.get(row["informant"], "")})
    return [row for row in found if row["status"] == "accepted" and row["code_id"]]


def relations_of(transcripts: str, codings: list[Coding], rows: list[dict[str, str]]) -> list[Relation]:
    """The relations whose ends are both accepted, with case and informant."""
    interviewed = {row["document"]: row["informant"] for row in codings if row["informant"]}
    placed = {(c["coder"], c["document"], c["turn"], c["text"], c["code_id"]): c for c in codings}
    found: list[Relation] = []
    for row in rows:
        ends = [
            placed.get(
                (
                    row["coder"],
                    row[f"{end}_document"],
                    row[f"{end}_turn"],
                    row[f"{end}_text"],
                    row[f"{end}_code_id"],
                )
            )
            for end in ("source", "target")
        ]
        if ends[0] is None or ends[1] is None:
            continue
        of_ends = {end["case"] for end in ends if end}
        case = row["case"] or plain_graph.only(list(of_ends))
        case = case or plain_graph.only(plain_matrices.cases_of(f"{transcripts}/{row['document']}.md"))
        found.append((row["type"], row["stance"], case, interviewed[row["document"]], ends[0], ends[1]))
    return found


class Tree:
    """The codes of the codebook."""

    def __init__(self, codebook: str) -> None:
        self.parents = plain_matrices.parents_of(codebook)
        self.with_children = {parent for parent in self.parents.values() if parent}

    def above(self, code: str) -> list[str]:
        return plain_matrices.above(code, self.parents)

    def family(self, code: str) -> str:
        return self.above(code)[-1]

    def leaf(self, code: str, family: str) -> list[str]:
        if self.family(code) != family:
            return []
        return [code + ":unspecified" if code in self.with_children else code]

    def below(self, code: str, family: str) -> list[str]:
        line = self.above(code)
        return line[-2:-1] if line[-1] == family else []

    def all(self, code: str, family: str) -> list[str]:
        line = self.above(code)
        return line[:-1] if line[-1] == family else []


def of_codings(cells: dict[tuple[tuple[str, ...], str], list[Coding]]) -> Table:
    table: Table = {}
    for (row, column), codings in cells.items():
        counted = [
            (c["case"], c["informant"], "", (c["document"], c["turn"], c["text"]), "", c["coder"], c["valence"])
            for c in codings
        ]
        value = plain_matrices.valence(counted)
        table[row, "codings", column, ""] = {
            "informants": {c["informant"] for c in codings} - {""},
            "cases": {c["case"] for c in codings} - {""},
            "segments": len({c[3] for c in counted}),
            "valence": None if value is None else round(value, 4),
        }
    return table


def of_relations(cells: dict[tuple[tuple[str, ...], str, str, str], list[Relation]]) -> Table:
    return {
        key: {
            "informants": {r[3] for r in relations if r[1] == "states"},
            "cases": {r[2] for r in relations if r[1] == "states"} - {""},
            "against": {r[3] for r in relations if r[1] == "contradicts"},
        }
        for key, relations in cells.items()
    }


def with_total(values: list[str]) -> list[str]:
    return [*values, "total"] if values else []


def said(value: str) -> list[str]:
    return [value] if value else []


def code_sides(codebook: str) -> dict[str, str]:
    lines = [line.strip().split(": ") for line in plain_matrices.section(codebook, "code_sides")]
    return {line[0]: line[1] for line in lines if len(line) == 2}


def tables(
    transcripts: str, codebook: str, coding_rows: list[dict[str, str]], relation_rows: list[dict[str, str]]
) -> dict[str, Table]:
    """Every table of counts, without its empty cells."""
    tree = Tree(codebook)
    codings = codings_of(transcripts, codebook, coding_rows)
    relations = relations_of(transcripts, codings, relation_rows)
    sides = code_sides(codebook)
    cells: dict[str, dict[tuple[tuple[str, ...], str], list[Coding]]] = defaultdict(lambda: defaultdict(list))
    for c in codings:
        case, side, actor, code = c["case"], c["side"], c["about_actor"], c["code_id"]
        across = with_total(said(case)), with_total(said(side))
        for row in tree.leaf(code, "barrier"):
            for number, columns in enumerate(across):
                for column in columns:
                    cells["T1"][(row,), f"{number}:{column}"].append(c)
        for column in with_total(tree.below(code, "barrier")):
            if actor and side and c["informant"]:
                who = "own" if sides[actor] == side else "others"
                cells["T2"][(actor, who, side), column].append(c)
        if tree.family(code) == "interaction" and c["about_pair"]:
            for place in with_total(said(case)):
                for column in with_total(said(side)):
                    cells["T5"][(c["about_pair"], place), column].append(c)
        for row in tree.leaf(code, "value"):
            if case and actor and c["realisation"]:
                cells["T10"][(case, row, actor), c["realisation"]].append(c)
        for row in tree.leaf(code, "model"):
            for column in said(case):
                cells["T12"][(row,), f"0:{column}"].append(c)
            for column in across[1]:
                cells["T12"][(row,), f"1:{column}"].append(c)
        if case and c["phase"] and tree.family(code) in ("barrier", "method", "interaction"):
            cells["T13"][(case, c["phase"]), tree.family(code)].append(c)
    found = {name: of_codings(of_table) for name, of_table in cells.items()}
    outcomes = {row["id"]: row["outcome"] for row in plain_matrices.rows_of(transcripts + "/cases.csv")}
    for name, table in related(tree, relations, outcomes).items():
        found[name] = {**found.get(name, {}), **table}
    return found


def related(tree: Tree, relations: list[Relation], outcomes: dict[str, str]) -> dict[str, Table]:
    """The cells of relations, of each table that has some; `outcomes` are those of the cases."""
    cells: dict[str, dict[tuple[tuple[str, ...], str, str, str], list[Relation]]]
    cells = defaultdict(lambda: defaultdict(list))

    def put(name: str, relation: Relation, rows: list[str], end: str, columns: list[str], split: str = "") -> None:
        for row in rows:
            for column in columns:
                cells[name][(row,), end, column, split].append(relation)

    for r in relations:
        kind, source, target = r[0], r[4]["code_id"], r[5]["code_id"]
        if kind in ("causes", "reinforces"):
            columns = with_total(tree.leaf(target, "barrier"))
            put("T3", r, with_total(tree.leaf(source, "barrier")), "target:causes|reinforces", columns)
        if kind == "causes":
            rows = tree.all(source, "barrier")
            put("T4", r, rows, "target:causes", tree.leaf(target, "dampening"))
            if tree.family(target) == "dampening":
                for outcome in ("", outcomes[r[2]]):
                    put("T4", r, rows, "target:causes", ["dampening"], outcome)
        if kind == "dampens":
            columns = [family for family in ("value", "svc") if tree.family(target) == family]
            put("T4", r, tree.all(source, "barrier"), "target:dampens", columns)
        if kind in ("causes", "dampens"):
            columns = with_total(tree.below(source, "barrier"))
            put("T6", r, tree.leaf(target, "interaction"), "source:causes|dampens", columns)
        if kind == "creates":
            rows = with_total(tree.leaf(source, "interaction"))
            put("T7", r, rows, "target:creates", tree.leaf(target, "value"))
            if tree.family(target) == "value":
                put("T7", r, rows, "target:creates", ["value"])
                for value in said(r[5]["realisation"]):
                    put("T7", r, rows, "target:creates", ["value"], value)
            put("T11", r, tree.all(source, "method"), "target:creates", tree.below(target, "value"))
        if kind == "mitigates":
            below = tree.below(target, "barrier")
            put("T9", r, tree.leaf(source, "svc"), "target:mitigates", with_total(below))
            put("T11", r, tree.all(source, "method"), "target:mitigates", below)
            put("T12", r, tree.leaf(source, "model"), "target:mitigates", with_total(below))
        if kind == "realises":
            put("T11", r, tree.all(source, "method"), "target:realises", tree.leaf(target, "svc"))
            columns = ["method"] if tree.family(source) == "method" else []
            put("T12", r, tree.leaf(target, "model"), "source:realises", columns)
        if kind == "precedes" and tree.family(source) == "method":
            put("T11", r, tree.all(target, "method"), "source:precedes", ["method"])
        if kind == "tension-with":
            tension(tree, r, cells["T10"])
    return {name: of_relations(of_table) for name, of_table in cells.items()}


def together(transcripts: str, codebook: str, rows: list[dict[str, str]]) -> dict[frozenset[str], set[str]]:
    """Two barriers -> the informants in one of whose turns both stand."""
    tree = Tree(codebook)
    turns: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for c in codings_of(transcripts, codebook, rows):
        if tree.leaf(c["code_id"], "barrier") == [c["code_id"]] and c["informant"]:
            turns[c["document"], c["turn"]].add((c["code_id"], c["informant"]))
    found: dict[frozenset[str], set[str]] = defaultdict(set)
    for said_there in turns.values():
        for code, informant in said_there:
            for other, _ in said_there:
                if code != other:
                    found[frozenset((code, other))].add(informant)
    return dict(found)


def tension(tree: Tree, r: Relation, cells: dict[tuple[tuple[str, ...], str, str, str], list[Relation]]) -> None:
    """Without a direction: each end may be the row's."""
    for near, far in ((r[4], r[5]), (r[5], r[4])):
        family = tree.family(far["code_id"])
        for row in tree.leaf(near["code_id"], "value"):
            if r[2] and near["about_actor"] and family in ("value", "svc"):
                cells[(r[2], row, near["about_actor"]), "target:tension-with", family, ""].append(r)
