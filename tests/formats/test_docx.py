from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from qualcode.domain.reading import Imported
from qualcode.errors import BadInput
from qualcode.formats.docx import read
from tests.formats.word import document, paragraph, run, table, with_part

BOLD = "<w:b/>"


def imported(*blocks: str, header: str = "") -> Imported:
    return read(document(*blocks, header=header), name="a.docx")


def turns(found: Imported) -> list[tuple[str, int | None, str]]:
    return [(turn.speaker, turn.start_ms, found.text[turn.body_start : turn.end]) for turn in found.turns]


def losses(found: Imported) -> list[str]:
    return [str(loss) for loss in found.losses]


def body_text(*content: str) -> str:
    return imported(paragraph(*content)).text


def test_turns_are_one_paragraph_each_with_a_blank_line_between() -> None:
    found = imported(
        paragraph(run("Intervju, våren 2024")),
        paragraph(),
        paragraph(run("I: Hvordan gikk det?")),
        paragraph(run("Hege:"), "<w:r><w:tab/></w:r>", run("Jo, greit.")),
        paragraph(),
        paragraph(run("Men seint.")),
        paragraph(run("I: Og?")),
        paragraph(run("Hege: Ja.")),
    )
    assert (
        found.text
        == "Intervju, våren 2024\n\nI: Hvordan gikk det?\n\nHege: Jo, greit.\nMen seint.\n\nI: Og?\n\nHege: Ja.\n"
    )
    assert turns(found) == [
        ("I", None, "Hvordan gikk det?"),
        ("Hege", None, "Jo, greit.\nMen seint."),
        ("I", None, "Og?"),
        ("Hege", None, "Ja."),
    ]
    assert (found.losses, found.warnings) == ((), ())


def test_without_speakers_paragraphs_are_parted_by_blank_lines() -> None:
    found = imported(
        paragraph(run("Mål")), paragraph(), paragraph(run("Vi skal"), "<w:r><w:br/></w:r>", run("kjøpe."))
    )
    assert (found.text, found.turns) == ("Mål\n\nVi skal\nkjøpe.\n", ())


@pytest.mark.parametrize("label", [run("Hege:", BOLD), run("Hege", BOLD) + run(":")])
def test_a_bold_name_counts_at_first_sight(label: str) -> None:
    found = imported(paragraph(label, run(" Ja.")), paragraph(run("Per:", BOLD), run(" Nei.")))
    assert turns(found) == [("Hege", None, "Ja."), ("Per", None, "Nei.")]


def test_a_line_that_is_bold_throughout_or_switched_off_is_no_label() -> None:
    found = imported(
        paragraph(run("Tema: barrierer", BOLD)), paragraph(run("Merk:", '<w:b w:val="0"/>'), run(" noe annet"))
    )
    assert found.turns == ()


def test_a_plain_name_seen_once_is_words_and_reported() -> None:
    found = imported(paragraph(run("I: Hei.")), paragraph(run("Per: Ja.")))
    assert found.text == "I: Hei.\nPer: Ja.\n"
    assert "Per" in str(found.warnings[0])


def test_names_with_times_above_their_words_give_times_to_the_turns() -> None:
    found = imported(
        paragraph(run("Åse Vik   0:03"), "<w:r><w:br/></w:r>", run("Skal vi?")),
        paragraph(run("Per Li   1:00:09"), "<w:r><w:br/></w:r>", run("Ja.")),
    )
    assert found.text == "Åse Vik: Skal vi?\n\nPer Li: Ja.\n"
    assert turns(found) == [("Åse Vik", 3_000, "Skal vi?"), ("Per Li", 3_609_000, "Ja.")]


def test_a_time_alone_on_a_line_goes_to_the_next_turn() -> None:
    found = imported(
        paragraph(run("0:00:07.0")), paragraph(run("I: Hei.")), paragraph(run("0:01:00")), paragraph(run("P: Ja."))
    )
    assert found.text == "I: Hei.\n\nP: Ja.\n"
    assert [turn.start_ms for turn in found.turns] == [7_000, 60_000]


def test_insertions_stay_and_deletions_go() -> None:
    found = imported(
        paragraph(
            run("Det var "),
            '<w:del w:id="1" w:author="x"><w:r><w:delText>dyrt</w:delText></w:r></w:del>',
            f'<w:ins w:id="2" w:author="x">{run("billig")}</w:ins>',
        )
    )
    assert found.text == "Det var billig\n"
    assert losses(found) == ["Tracked deletions left out: 1."]


def test_moved_text_stands_once_at_its_new_place() -> None:
    assert (
        body_text(
            f'<w:moveFrom w:id="1" w:author="x">{run("flyttet ")}</w:moveFrom>',
            run("først "),
            f'<w:moveTo w:id="2" w:author="x">{run("flyttet")}</w:moveTo>',
        )
        == "først flyttet\n"
    )


def test_links_fields_and_content_controls_are_read_as_words() -> None:
    assert (
        body_text(
            f'<w:hyperlink r:id="rId99">{run("a@b.no")}</w:hyperlink>',
            f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{run(' inne')}</w:sdtContent></w:sdt>",
            f'<w:fldSimple w:instr="DATE">{run(" i dag")}</w:fldSimple>',
            "<w:r><w:instrText>PAGE</w:instrText></w:r>",
        )
        == "a@b.no inne i dag\n"
    )
    block = f"<w:sdt><w:sdtContent>{paragraph(run('Hele avsnittet'))}</w:sdtContent></w:sdt>"
    assert imported(block).text == "Hele avsnittet\n"


def test_breaks_tabs_and_hyphens_are_kept_and_tab_stops_are_not() -> None:
    found = imported(
        paragraph(
            run("a"),
            "<w:r><w:tab/></w:r>",
            run("b"),
            "<w:r><w:br/></w:r>",
            run("c"),
            "<w:r><w:noBreakHyphen/></w:r>",
            run("d"),
            "<w:r><w:softHyphen/><w:cr/></w:r>",
            run("e 😀"),
            properties='<w:tabs><w:tab w:val="left" w:pos="700"/></w:tabs>',
        )
    )
    assert found.text == "a\tb\nc\u2011d\u00ad\ne 😀\n"


def test_a_table_of_plain_cells_is_one_line_per_row_in_its_place() -> None:
    found = imported(paragraph(run("Før")), table([["a", "b|c"], ["d", ""]]), paragraph(run("Etter")))
    assert found.text == "Før\n\na\tb\nc\n\nd\t\n\nEtter\n".replace("d\t\n", "d\n")


def test_a_table_with_headings_is_a_transcript_in_any_order_of_columns() -> None:
    found = imported(
        table(
            [
                ["", "Timespan", "Content", "Speaker"],
                ["1", "0:00.0 - 0:05.2", "Skal vi?", "Åse"],
                ["2", "0:05,2 - 0:07,0", "Ja.|Mer.", "Per"],
            ]
        )
    )
    assert found.text == "Åse: Skal vi?\n\nPer: Ja.\nMer.\n"
    assert [(t.speaker, t.start_ms, t.end_ms) for t in found.turns] == [("Åse", 0, 5_200), ("Per", 5_200, 7_000)]


def test_a_table_of_labels_and_words_is_a_transcript() -> None:
    found = imported(table([["I", "En?"], ["Hege", "Ja."], ["I", "To?"], ["Hege", "Nei."]]))
    assert turns(found) == [("I", None, "En?"), ("Hege", None, "Ja."), ("I", None, "To?"), ("Hege", None, "Nei.")]


def test_a_table_inside_a_cell_is_lines_of_that_cell() -> None:
    inner = table([["x", "y"]])
    outer = f"<w:tbl><w:tr><w:tc>{paragraph(run('a'))}{inner}{paragraph()}</w:tc></w:tr></w:tbl>"
    assert imported(outer, paragraph(run("b"))).text == "a\nx\ny\n\nb\n"


def test_what_stands_outside_the_running_text_is_counted_and_left_out() -> None:
    box = f"<w:txbxContent>{paragraph(run('boks'))}</w:txbxContent>"
    found = imported(
        paragraph(
            run("Ord"),
            '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="2"/></w:r>',
            '<w:r><w:commentReference w:id="1"/></w:r>',
            '<w:r><w:drawing><wp:inline><a:blip r:embed="rId9"/></wp:inline></w:drawing></w:r>',
            f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>"
            f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r>",
            '<w:r><w:sym w:font="Wingdings" w:char="F04A"/></w:r>',
            properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>',
        ),
        header="Konfidensielt",
    )
    assert found.text == "Ord\n"
    assert losses(found) == [
        "Page headers and footers left out: 1.",
        "Footnotes left out: 1.",
        "Endnotes left out: 1.",
        "Comments left out: 1.",
        "Text boxes left out: 1.",
        "Images left out: 1.",
        "Symbols of a picture font left out: 1.",
        "Automatic list numbers and bullets left out: 1.",
    ]


def test_the_body_is_found_where_the_package_says() -> None:
    plain = document(paragraph(run("Hei")))
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(plain)) as old, zipfile.ZipFile(stream, "w") as new:
        new.writestr("_rels/.rels", old.read("_rels/.rels").replace(b"word/document.xml", b"/word/document2.xml"))
        new.writestr("word/document2.xml", old.read("word/document.xml"))
    assert read(stream.getvalue(), name="a.docx").text == "Hei\n"


def test_strict_documents_read_the_same() -> None:
    plain = document(paragraph(run("I: Hei")))
    with zipfile.ZipFile(BytesIO(plain)) as old:
        xml = old.read("word/document.xml")
    strict = xml.replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert read(with_part(plain, "word/document.xml", strict), name="a.docx").text == "I: Hei\n"


HOSTILE = {
    "a DOCTYPE": b"<!DOCTYPE d><d/>",
    "an outside entity": b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><d>&x;</d>',
    "an entity bomb": b'<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><d>&b;</d>',
}


@pytest.mark.parametrize("xml", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("part", ["word/document.xml", "_rels/.rels"])
def test_a_doctype_is_refused_in_every_part_that_is_read(part: str, xml: bytes) -> None:
    with pytest.raises(BadInput, match=r"a\.docx: refused, since .* has a DOCTYPE"):
        read(with_part(document(paragraph(run("Hei"))), part, xml), name="a.docx")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"hei", "not a zip file"),
        (b"", "not a zip file"),
        (document(paragraph(run("Hei")))[:-200], "not a zip file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "password-protected"),
        (with_part(document(paragraph()), "word/document.xml", b"<w:document"), "damaged"),
        (with_part(document(paragraph()), "word/document.xml", b"<a>" * 400 + b"</a>" * 400), "too deeply"),
        (document(paragraph(run("  "))), "no text"),
    ],
)
def test_what_word_would_not_write_is_one_line(content: bytes, said: str) -> None:
    with pytest.raises(BadInput, match=said) as error:
        read(content, name="a.docx")
    assert "\n" not in str(error.value)


def test_a_package_without_a_document_is_refused() -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as writer:
        writer.writestr("mimetype", "x")
    with pytest.raises(BadInput, match="missing"):
        read(stream.getvalue(), name="a.docx")
