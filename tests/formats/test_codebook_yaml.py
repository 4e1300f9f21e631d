"""What is told of a codebook file that is wrong, and on which line."""

from __future__ import annotations

import pytest
import yaml

from qualcode.errors import BadInput
from qualcode.formats.codebook_yaml import Severity, check_codebook, read_codebook

HEAD = "codebook: {id: x, version: v1, languages: [nb, en]}\n"
TREE = (
    HEAD
    + """\
codes:
  - {id: a, name: {nb: Alfa}}
  - {id: b, parent: a, name: {nb: Bravo}}
  - {id: c, parent: a, name: {nb: Charlie}}
"""
)


def told(content: str | bytes, severity: Severity = Severity.ERROR) -> list[tuple[int, str]]:
    raw = content.encode() if isinstance(content, str) else content
    return [(one.line, str(one.message)) for one in check_codebook(raw) if one.severity is severity]


def marked(content: str) -> int:
    """The line that the test marks with `# HERE`."""
    return next(number for number, line in enumerate(content.splitlines(), start=1) if "# HERE" in line)


ERRORS = {
    "a key that is unknown": (
        HEAD + "codes:\n  - id: a\n    name: {nb: A}\n    defintion: {nb: x} # HERE\n",
        "There is no key 'defintion' here; 'definition' is meant?",
    ),
    "a key that is like no other": (
        "codebook:\n  id: x\n  version: v1\n  languages: [nb]\n  qqq: 1 # HERE\n",
        "There is no key 'qqq' here; known: authors, ",
    ),
    "a part that is unknown": (HEAD + "memos: [] # HERE\n", "There is no key 'memos' here"),
    "a key that stands twice": (
        HEAD + "codes:\n  - id: a\n    name: {nb: A}\n    id: b # HERE\n",
        "The key 'id' stands twice; first on line 3.",
    ),
    "a header that is missing": ("codes: [] # HERE\n", "The key `codebook`, with id, version and languages"),
    "an id of the codebook that is missing": (
        "codebook: {version: v1, languages: [nb]} # HERE\n",
        "The codebook needs an id",
    ),
    "a text without its language": (
        HEAD + "codes:\n  - id: a\n    name: Alfa # HERE\n",
        "This must be a map, such as {nb: ..., en: ...}.",
    ),
    "a list where a word must be": (
        HEAD + "codes:\n  - id: [a] # HERE\n    name: {nb: A}\n",
        "This must be one word or text",
    ),
    "a word where a list must be": (
        HEAD + "codes:\n  - id: a\n    name: {nb: A}\n    sources: seed # HERE\n",
        "This must be a list.",
    ),
    "a truth value that is none": (
        HEAD + "codes:\n  - id: a\n    name: {nb: A}\n    retired: 'yes' # HERE\n",
        "This must be true or false.",
    ),
    "a number that is none": (
        HEAD + "relation_types:\n  - id: r\n    name: {nb: R}\n    sign: plus # HERE\n",
        "This must be a whole number.",
    ),
    "a choice that is none": (
        HEAD + "codes:\n  - id: a\n    name: {nb: A}\n    origin: abductive # HERE\n",
        "This must be one of: deductive, inductive.",
    ),
    "an entry that is no map": (HEAD + "codes:\n  - alfa # HERE\n", "This must be a map of keys and values."),
    "an id that is missing": (HEAD + "codes:\n  - name: {nb: A} # HERE\n", "The id is missing."),
    "an id that is used twice": (TREE + "  - {id: b, name: {nb: Delta}} # HERE\n", "The id 'b' is used twice."),
    "an id with a space": (TREE + "  - {id: two words, name: {nb: D}} # HERE\n", "The id 'two words' is unfit"),
    "an id with the sign that joins values": (TREE + "  - {id: a+b, name: {nb: D}} # HERE\n", "The id 'a+b' is"),
    "an id that begins like an option": (TREE + "  - {id: --all, name: {nb: D}} # HERE\n", "The id '--all' is"),
    "an id that is too long": (TREE + f"  - {{id: {'x' * 101}, name: {{nb: D}}}} # HERE\n", "The id 'xxx"),
    "a name that is missing": (HEAD + "codes:\n  - id: a # HERE\n", "The name is missing."),
    "a name that is empty": (HEAD + "codes:\n  - id: a\n    name: {nb: ' '} # HERE\n", "The name is empty."),
    "a name that is left open": (HEAD + "codes:\n  - id: a\n    name:\n      nb: # HERE\n", "The name is empty."),
    "a language that is none": (
        HEAD + "codes:\n  - id: a\n    name:\n      n: Alfa # HERE\n",
        "'n' is not a language tag such as nb or en.",
    ),
    "a parent that is unknown": (
        HEAD + "codes:\n  - id: a\n    parent: z # HERE\n    name: {nb: A}\n",
        "The parent 'z' is not a code of this codebook.",
    ),
    "a code that lies under itself": (
        HEAD + "codes:\n  - {id: a, name: {nb: A}, parent: c} # HERE\n  - {id: b, name: {nb: B}, parent: a}\n"
        "  - {id: c, name: {nb: C}, parent: b}\n  - {id: d, name: {nb: D}, parent: c}\n",
        "The code lies under itself: a > c > b > a.",
    ),
    "a colour that is none": (
        HEAD + "codes:\n  - id: a\n    name: {nb: A}\n    color: red # HERE\n",
        "'red' is not a colour such as #0072B2.",
    ),
    "a code merged into nothing": (
        HEAD + "codes:\n  - id: a\n    name: {nb: A}\n    retired: true\n    merged_into: z # HERE\n",
        "There is no code 'z'.",
    ),
    "an active code that is merged": (
        TREE + "  - {id: d, name: {nb: Delta}, merged_into: b} # HERE\n",
        "A code that is merged into another must be retired.",
    ),
    "a theme of an unknown code": (
        TREE + "themes:\n  - id: t\n    name: {nb: T}\n    codes:\n      - a\n      - z # HERE\n",
        "There is no code 'z'.",
    ),
    "a theme with the id of a code": (
        TREE + "themes:\n  - {id: a, name: {nb: T}, codes: [b]} # HERE\n",
        "The id 'a' is used twice.",
    ),
    "a theme of nothing": (TREE + "themes:\n  - {id: t, name: {nb: T}} # HERE\n", "A theme has either codes or"),
    "a question that is unknown": (
        TREE + "  - {id: d, name: {nb: Delta}, questions: [P9]} # HERE\n",
        "There is no question 'P9'.",
    ),
    "a family that is unknown to a question": (
        TREE + "questions:\n  - {id: P1, text: {nb: Hva}, families: [b]} # HERE\n",
        "There is no family 'b'.",
    ),
    "a side for an unknown code": (
        TREE + "sides: [{id: s, name: {nb: S}}]\ncode_sides:\n  z: s # HERE\n",
        "There is no code 'z'.",
    ),
    "an unknown side": (TREE + "code_sides:\n  a: s # HERE\n", "There is no side 's'."),
    "an actor of an unknown code": (
        TREE + "actor_map:\n  - actor_type: t\n    code: z # HERE\n",
        "There is no code 'z'.",
    ),
    "an actor type that stands twice": (
        TREE + "actor_map:\n  - {actor_type: t}\n  - {actor_type: t} # HERE\n",
        "The id 't' is used twice.",
    ),
    "a relation from an unknown family": (
        TREE + "relation_types:\n  - id: r\n    name: {nb: R}\n    domain: [b] # HERE\n",
        "There is no family 'b'.",
    ),
    "a sign that is too large": (
        TREE + "relation_types:\n  - id: r\n    name: {nb: R}\n    sign: 2 # HERE\n",
        "The sign is -1, 0 or 1.",
    ),
    "a type of attribute that is none": (
        HEAD + "attributes:\n  case:\n    - {id: p, type: text}\n    - {id: q, type: string} # HERE\n",
        "'string' is not a type of attribute; the types are text, number, date",
    ),
    "an enum without values": (
        HEAD + "attributes:\n  case:\n    - {id: p, type: enum} # HERE\n",
        "An attribute of type enum has values, and no other type has.",
    ),
    "a default that is no value": (
        HEAD
        + "attributes:\n  case:\n    - id: p\n      type: enum\n      default: z # HERE\n      values: [{id: y}]\n",
        "'z' is not one of the values.",
    ),
    "an attribute derived from nothing": (
        HEAD + "attributes:\n  informant:\n    - {id: p, type: text, derived_from: q} # HERE\n",
        "Only an informant's attribute can be derived",
    ),
    "an entity that is none": (
        HEAD + "attributes:\n  person: [] # HERE\n",
        "There is no key 'person' here",
    ),
    "a setting of an unknown attribute": (
        HEAD + "settings:\n  evidence.side_attribute: side # HERE\n",
        "There is no informant attribute 'side'.",
    ),
    "an evidence role of one's own": (
        HEAD + "evidence_roles:\n  - {id: hints, name: {nb: H}} # HERE\n",
        "The evidence roles are supports, contradicts, nuances.",
    ),
}


@pytest.mark.parametrize(("content", "message"), ERRORS.values(), ids=ERRORS)
def test_an_error_is_told_with_its_line(content: str, message: str) -> None:
    assert [(line, text[: len(message)]) for line, text in told(content)] == [(marked(content), message)]


QUALIFIER = TREE + "qualifiers:\n  - {id: one, label: {nb: En}, values: [{id: v, key: v}], applies_to: [a]}\n"
QUALIFIERS = {
    "a qualifier for an unknown family": ("applies_to: [b] # HERE", "There is no family 'b'."),
    "a qualifier without values": ("applies_to: [a] # HERE-NOT", "The qualifier has no values."),
    "required where it does not apply": (
        "values: [{id: w, key: w}]\n    required_for: [a] # HERE",
        "It is required for 'a' but does not apply to it.",
    ),
    "a default that is no value": (
        "values: [{id: w, key: w}]\n    applies_to: [a]\n    default: {a: z} # HERE",
        "'z' is not one of the values.",
    ),
    "a default for an unknown code": (
        "values: [{id: w, key: w}]\n    applies_to: [a]\n    default_by_code: {z: w} # HERE",
        "There is no code 'z'.",
    ),
    "a key that is taken by a value": (
        "applies_to: [a]\n    values:\n      - {id: w, key: v} # HERE",
        "The key 'v' is taken: one v.",
    ),
    "a key that is taken by the strip": (
        "applies_to: [a]\n    values:\n      - {id: w, key: q} # HERE",
        "The key 'q' is taken: it opens and closes the strip.",
    ),
    "a key of two letters": (
        "applies_to: [a]\n    values:\n      - {id: w, key: ww} # HERE",
        "'ww' is not one key that can be pressed.",
    ),
    "a value without a key": ("applies_to: [a]\n    values:\n      - {id: w} # HERE", "The value 'w' has no key."),
    "a value that is no code of the family": (
        "type: code\n    family: a\n    values:\n      - {id: b, key: x}\n      - {id: z, key: y} # HERE",
        "'z' is not a code of the family 'a'.",
    ),
    "a pair without the keys of a qualifier": (
        "type: code-pair\n    family: a # HERE",
        "A code-pair needs the keys of a code qualifier of its family.",
    ),
    "an entry that is none": (
        "applies_to: [a]\n    entry: strip # HERE\n    values: [{id: w, key: w}]",
        "This must be one of: direct.",
    ),
}


@pytest.mark.parametrize(("fields", "message"), QUALIFIERS.values(), ids=QUALIFIERS)
def test_an_error_of_a_qualifier_is_told_with_its_line(fields: str, message: str) -> None:
    content = f"{QUALIFIER}  - id: two\n    label: {{nb: To}}\n    {fields}\n"
    found = told(content)
    assert message in [text for _, text in found]
    if "# HERE-NOT" not in fields:
        assert (marked(content), message) in found


def test_the_capital_of_a_key_is_taken_where_a_pair_uses_it() -> None:
    content = (
        TREE
        + """\
qualifiers:
  - {id: who, label: {nb: Hvem}, type: code, family: a, values: [{id: b, key: x}, {id: c, key: y}]}
  - {id: pair, label: {nb: Par}, type: code-pair, family: a, applies_to: [a], default: {a: c+b}}
  - {id: more, label: {nb: Mer}, values: [{id: v, key: X}]}
"""
    )
    assert told(content) == [
        (8, "'c+b' is not one of the values."),
        (9, "The key 'X' is taken: pair X."),
    ]
    assert told(content.replace("c+b", "b+c").replace("key: X", "key: Z")) == []


def test_keys_without_a_capital_spell_no_pair_and_take_nothing() -> None:
    content = (
        TREE
        + """\
qualifiers:
  - {id: who, label: {nb: Hvem}, type: code, family: a, values: [{id: b, key: '1'}, {id: c, key: '2'}]}
  - {id: pair, label: {nb: Par}, type: code-pair, family: a, applies_to: [a]}
"""
    )
    assert told(content) == []


def test_direct_keys_do_not_clash_with_the_strip() -> None:
    content = QUALIFIER + "  - {id: two, label: {nb: To}, entry: direct, values: [{id: w, key: v}]}\n"
    assert told(content) == []


def test_a_tree_may_be_ten_levels_deep_and_no_deeper() -> None:
    codes = ["  - {id: c1, name: {nb: Nivå 1}}"]
    codes += [f"  - {{id: c{n}, parent: c{n - 1}, name: {{nb: Nivå {n}}}}}" for n in range(2, 12)]
    content = HEAD + "codes:\n" + "\n".join(codes)
    assert told(content) == [(13, "The code lies on level 11; 10 is the deepest.")]


def test_a_chain_of_2000_parents_is_told_and_not_followed_for_ever() -> None:
    codes = [f"  - {{id: c{n}, parent: c{(n + 1) % 2000}, name: {{nb: Kode {n}}}}}" for n in range(2000)]
    (first,) = told(HEAD + "codes:\n" + "\n".join(codes))
    assert first[0] == 3
    assert first[1].startswith("The code lies under itself: c0 > c1 > c2")


def test_a_file_of_2000_codes_is_read_whole() -> None:
    codes = [f"  - {{id: c{n}, name: {{nb: Kode {n}}}}}" for n in range(2000)]
    codebook = read_codebook((HEAD + "codes:\n" + "\n".join(codes)).encode(), name="big.yaml")
    assert len(codebook.codes) == 2000


def test_all_errors_of_a_file_are_told_in_order_of_line() -> None:
    content = TREE + "  - {id: b, name: {nb: D}, color: x}\nthemes:\n  - {id: t, name: {nb: T}, codes: [z]}\n"
    assert [line for line, _ in told(content)] == [6, 6, 8]


def test_the_first_error_is_raised_with_its_line_and_the_number_of_others() -> None:
    content = TREE + "  - {id: b, name: {nb: D}, color: x}\nthemes:\n  - {id: t, name: {nb: T}, codes: [z]}\n"
    with pytest.raises(BadInput) as caught:
        read_codebook(content.encode(), name="mine.yaml")
    assert str(caught.value) == (
        "mine.yaml, line 6: The id 'b' is used twice. (more errors: 2) "
        "`qualcode codebook check FILE` lists everything."
    )


def test_a_single_error_is_raised_without_a_number() -> None:
    with pytest.raises(BadInput, match=r"^mine\.yaml, line 1: The file is empty\. `qualcode"):
        read_codebook(b"", name="mine.yaml")


def test_control_characters_of_the_file_do_not_reach_the_message() -> None:
    (problem,) = check_codebook((TREE + '  - {id: "\\e[2Jx", name: {nb: D}}\n').encode())
    assert "\x1b" not in str(problem.message)
    assert "␛[2Jx" in str(problem.message)


def test_words_stay_as_they_are_written() -> None:
    content = (
        HEAD
        + "codes:\n"
        + "".join(
            f"  - {{id: {word}, name: {{nb: {word} kode}}}}\n"
            for word in ("no", "yes", "007", "1e3", "2026-11-23", "1.0")
        )
    )
    codebook = read_codebook(content.encode(), name="x.yaml")
    assert [code.id for code in codebook.codes] == ["no", "yes", "007", "1e3", "2026-11-23", "1.0"]


def test_settings_keep_numbers_and_truth_values_and_nothing_else_is_guessed() -> None:
    content = HEAD + "settings: {a: 3, b: 0.2, c: true, d: no, e: 007, f: ~, g: 2026-11-23, h: ['1', 1]}\n"
    assert read_codebook(content.encode(), name="x.yaml").settings == {
        "a": 3,
        "b": 0.2,
        "c": True,
        "d": "no",
        "e": "007",
        "f": None,
        "g": "2026-11-23",
        "h": ["1", 1],
    }


def test_blocks_of_text_lose_the_line_break_at_their_end() -> None:
    content = TREE + "  - id: d\n    name: {nb: D}\n    definition:\n      nb: |\n        En.\n        To.\n"
    assert read_codebook(content.encode(), name="x.yaml")["d"].definition == {"nb": "En.\nTo."}


def test_keys_of_ones_own_are_kept_where_they_begin_with_x() -> None:
    content = "codebook: {id: x, version: v1, languages: [nb], x-owner: oss}\nx-notes: [1, {a: b}]\n"
    codebook = read_codebook(content.encode(), name="x.yaml")
    assert (codebook.header, codebook.extra) == ({"x-owner": "oss"}, {"x-notes": [1, {"a": "b"}]})


def test_a_byte_order_mark_and_windows_line_ends_are_no_matter() -> None:
    content = b"\xef\xbb\xbf" + TREE.replace("\n", "\r\n").encode()
    assert read_codebook(content, name="x.yaml") == read_codebook(TREE.encode(), name="x.yaml")


WARNINGS = {
    "a language the header does not name": (
        HEAD + "codes:\n  - {id: a, name: {nb: A, da: A}} # HERE\n",
        "The language 'da' is not among the codebook's `languages`.",
    ),
    "a source that is not explained": (
        HEAD + "codes:\n  - {id: a, name: {nb: A}, sources: [y]} # HERE\nsource_keys: {z: Z}\n",
        "The source 'y' is not among the `source_keys`.",
    ),
    "an active code under a retired one": (
        HEAD + "codes:\n  - {id: a, name: {nb: A}, retired: true}\n  - {id: b, parent: a, name: {nb: B}} # HERE\n",
        "The code 'b' is active under a retired parent.",
    ),
    "the same name twice": (
        TREE + "  - {id: d, name: {nb: alfa}} # HERE\n",
        "The name 'alfa' is hard to tell from 'Alfa' (a).",
    ),
    "a name of one letter's difference": (
        TREE + "  - {id: d, name: {nb: Charlies}} # HERE\n",
        "The name 'Charlies' is hard to tell from 'Charlie' (c).",
    ),
}


@pytest.mark.parametrize(("content", "message"), WARNINGS.values(), ids=WARNINGS)
def test_a_warning_does_not_keep_the_codebook_out(content: str, message: str) -> None:
    assert told(content, Severity.WARNING) == [(marked(content), message)]
    assert read_codebook(content.encode(), name="x.yaml").id == "x"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Organisational anchoring", "Inter-organisational anchoring"),
        ("Trust", "Thrust of it"),
        ("Ja", "Je"),
        ("Fase 1", "Fase 2"),
    ],
)
def test_names_that_can_be_told_apart_are_let_be(first: str, second: str) -> None:
    content = f"{HEAD}codes:\n  - {{id: a, name: {{en: {first}}}}}\n  - {{id: b, name: {{en: {second}}}}}\n"
    assert check_codebook(content.encode()) == []


def test_names_of_retired_codes_and_of_other_languages_are_not_compared() -> None:
    content = TREE + "  - {id: d, name: {nb: Alfa}, retired: true}\n  - {id: e, name: {en: Alfa}}\n"
    assert check_codebook(content.encode()) == []


HOSTILE = {
    "nothing": (b"", 1, "The file is empty."),
    "only a comment": (b"# codes\n", 1, "The file is empty."),
    "a word": (b"hei", 1, "This must be a map of keys and values."),
    "a list": (b"- a\n", 1, "This must be a map of keys and values."),
    "a tab": (b"codebook:\n\tid: x\n", 2, "This is not YAML: while scanning for the next token"),
    "an open bracket": (HEAD.encode() + b"codes: [\n", 3, "This is not YAML: while parsing a flow node"),
    "an open quote": (HEAD.encode() + b"codes: 'a\n", 3, "This is not YAML: while scanning a quoted scalar"),
    "a NUL": (HEAD.encode() + b"codes: \x00\n", 2, "The character U+0000 cannot stand in a YAML file"),
    "an escape character": (HEAD.encode() + b"codes: \x1b[2J\n", 2, "The character U+001B cannot stand"),
    "a binary file": (b"\x89PNG\r\n\x1a\n\x00\x00", 1, "The file is not UTF-8 text."),
    "latin-1": (HEAD.encode() + "codes: [{name: {nb: Målkonflikt}}]".encode("latin-1"), 2, "The file is not UTF-8"),
    "utf-16": (HEAD.encode("utf-16"), 1, "The file is not UTF-8 text."),
    "a large file": (b"#" * 5_000_001, 1, "The file has 5 MB; a codebook has 5 MB at most."),
    "an alias": (b"a: &x [1]\nb: *x\n", 1, "Anchors and aliases are not read"),
    "an alias of nothing": (b"a: *x\n", 1, "Anchors and aliases are not read"),
    "a tag": (b"a: 1\nb: !!python/object:os.system x\n", 2, "Tags such as tag:yaml.org,2002:python/object:os."),
    "two documents": (HEAD.encode() + b"---\na: 1\n", 2, "The file holds several YAML documents"),
    "a key that is a list": (b"a: 1\n? [b]\n: 2\n", 2, "A key must be a word, not a list or a map."),
    "deep brackets": (b"a: 1\nb: " + b"[" * 31 + b"]" * 31, 2, "The file is nested more than 30 deep."),
    "brackets without end": (b"[" * 1_000_000, 1, ""),
    "dashes without end": (b"- " * 1_000_000, 1, ""),
    "a merge key": (b"codebook: {<<: {id: x}, version: v1, languages: [nb]}\n", 1, "The codebook needs an id of"),
}


@pytest.mark.parametrize(("content", "line", "message"), HOSTILE.values(), ids=HOSTILE)
def test_a_broken_or_hostile_file_is_refused_with_a_line(content: bytes, line: int, message: str) -> None:
    first = told(content)[0]
    assert (first[0], first[1][: len(message)]) == (line, message)
    with pytest.raises(BadInput):
        read_codebook(content, name="x.yaml")


@pytest.mark.parametrize("broken", ["codes", "themes", "settings", "attributes", "actor_map", "evidence_roles"])
@pytest.mark.parametrize("shape", ["word", "[1, [2], {a: b}]", "{a: [b], c: {d: e}}", "[[], {}]", "null", "7"])
def test_a_part_of_any_shape_is_told_and_never_a_crash(broken: str, shape: str) -> None:
    for problem in check_codebook((HEAD + f"{broken}: {shape}\n").encode()):
        assert problem.line == 2


def test_settings_of_any_shape_are_told_and_never_a_crash() -> None:
    attribute = "attributes: {informant: [{id: side, type: enum, values: [{id: s}]}]}\n"
    for name, required in (("[a]", "[s]"), ("{a: b}", "[s]"), ("side", "7"), ("side", "s"), ("side", "[[s]]")):
        content = f"settings: {{evidence.side_attribute: {name}, evidence.required_sides: {required}}}\n"
        assert [line for line, _ in told(HEAD + attribute + content)] == [3]


def test_the_slow_reader_of_yaml_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    with_libyaml = [told(content) for content, _ in ERRORS.values()]
    monkeypatch.delattr(yaml, "CSafeLoader")
    assert [told(content) for content, _ in ERRORS.values()] == with_libyaml


def test_more_codes_than_anybody_can_know_are_refused() -> None:
    codes = "".join(f"  - {{id: c{n}, name: {{nb: K{n}}}}}\n" for n in range(5001))
    assert told(f"{HEAD}codes:\n{codes}") == [(3, "There are 5001 codes; a codebook has 5000 at most.")]


def test_a_file_of_nothing_but_errors_is_given_up_after_a_thousand() -> None:
    content = HEAD + "".join(f"key{n}: 1\n" for n in range(3000))
    assert len(told(content)) == 1000
    with pytest.raises(BadInput, match=r"line 2: .* \(more errors: 999\)"):
        read_codebook(content.encode(), name="x.yaml")


def test_a_thousand_warnings_do_not_keep_a_codebook_out() -> None:
    codes = "".join(f"  - {{id: c{n}, name: {{nb: Samme navn}}}}\n" for n in range(1500))
    assert len(told(f"{HEAD}codes:\n{codes}", Severity.WARNING)) == 1499
    assert len(read_codebook(f"{HEAD}codes:\n{codes}".encode(), name="x.yaml").codes) == 1500


def test_codes_that_are_merged_in_a_ring_are_told() -> None:
    ring = TREE + "".join(
        f"  - {{id: {one}, name: {{nb: {one * 3}}}, retired: true, merged_into: {other}}}\n"
        for one, other in ("de", "ed", "fd")
    )
    assert told(ring) == [(6, "The code 'd' is merged into itself."), (7, "The code 'e' is merged into itself.")]


def test_a_file_of_half_a_million_words_is_refused() -> None:
    content = HEAD + "settings: {a: [" + "1, " * 400_000 + "]}\n"
    assert told(content) == [(2, "The file has more than 400000 words, lists and maps.")]
