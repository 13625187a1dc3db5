"""Hand edits in a generated Word file: kept, asked about where their numbers changed, never lost.

A hand is played by python-docx on the very file; who saves it again by LibreOffice Writer itself.
"""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from tests.support.official_sample import CORRECTED, bulletin
from wyexcel.errors import CannotRead, CannotWrite
from wyexcel.files.writing.official.decide_edits import Edits
from wyexcel.files.writing.official.official_document import OfficialParagraph, Piece, Voice
from wyexcel.files.writing.official.patch_paragraph import voice_of
from wyexcel.files.writing.official.present_paragraphs import present_paragraphs
from wyexcel.files.writing.official.word_parts import part, runs
from wyexcel.files.writing.official.write_document import write_document

OLD, NEW = "17.60亿元", "17.82亿元"
CHANGE = "产值由17.60亿元改为17.82亿元"

Hand = Callable[[Document], object]


def has_writer() -> bool:
    """Whether this machine has LibreOffice with the program for documents."""
    program = shutil.which("soffice")
    if program is None:
        return False
    home = Path(program).resolve().parent
    return any(home.glob("libswlo.*"))


needs_writer = pytest.mark.skipif(not has_writer(), reason="no LibreOffice Writer")


class Office:
    """A folder with the generated document, and what people do to it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "通报.docx"
        write_document(bulletin(), self.path)

    def edit(self, *hands: Hand) -> "Office":
        """Open it, let each hand work, save it."""
        document = docx.Document(str(self.path))
        for hand in hands:
            hand(document)
        document.save(str(self.path))
        return self

    def saved_by_libreoffice(self, by_way_of: str = "docx") -> "Office":
        """Have LibreOffice open it and save it again, by way of another format."""
        home = self.path.parent / "libreoffice"
        source = self.path
        for n, kind in enumerate((by_way_of, "docx") if by_way_of != "docx" else ("docx",)):
            target = home / str(n)
            written = f"{kind}:MS Word 2007 XML" if kind == "docx" else kind
            profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
            command = ["soffice", profile, "--headless", "--convert-to", written, "--outdir"]
            subprocess.run(
                [*command, str(target), str(source)], check=True, capture_output=True, timeout=120
            )
            source = target / f"通报.{kind}"
        shutil.copy(source, self.path)
        return self

    def again(self, **numbers: str) -> Edits:
        """The next run, with other numbers; what it says of the edits."""
        written = write_document(bulletin(**(numbers or CORRECTED)), self.path)
        assert written.edits is not None
        return written.edits

    def text(self, id_: str = "") -> str:
        """What the document says, or its paragraph *id_*."""
        standing = present_paragraphs(docx.Document(str(self.path)))
        return "\n".join(p.text for p in standing if not id_ or id_ in p.ids)

    def comments(self) -> list[str]:
        """The comments that still stand in the text."""
        document = docx.Document(str(self.path))
        body: Any = document.element.body
        standing = {ref.get(qn("w:id")) for ref in body.iter(qn("w:commentReference"))}
        return [c.text for c in document.comments if str(c.comment_id) in standing]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """The document as it was generated first."""
    return Office(tmp_path)


def element(document: Document, id_: str) -> Any:
    """The paragraph with the bookmark of *id_*."""
    body: Any = document.element.body
    marks = (m for m in body.iter(qn("w:bookmarkStart")) if m.get(qn("w:name")) == f"wy_{id_}")
    mark = next(marks)
    return next(outer for outer in mark.iterancestors() if outer.tag == qn("w:p"))


def typed_over(id_: str, old: str, new: str) -> Hand:
    """A hand that types *new* over *old*."""

    def hand(document: Document) -> None:
        text = next(t for t in element(document, id_).iter(qn("w:t")) if old in (t.text or ""))
        text.text = text.text.replace(old, new, 1)

    return hand


def deleted(id_: str) -> Hand:
    """A hand that deletes a paragraph."""

    def hand(document: Document) -> None:
        gone = element(document, id_)
        gone.getparent().remove(gone)

    return hand


ADDED = "市委督查室9月现场督办2次，发现问题3个，已交办。"


def added_behind(id_: str, *, stretched: bool) -> Hand:
    """A hand that adds a paragraph; typed at the end, it takes the bookmark's end with it."""

    def hand(document: Document) -> None:
        above = element(document, id_)
        new = part("p")
        new.append(deepcopy(above.find(qn("w:pPr"))))
        new.extend(runs(ADDED, Voice.TEXT))
        if stretched:
            new.append(next(child for child in above if child.tag == qn("w:bookmarkEnd")))
        above.addnext(new)

    return hand


def moved_behind(id_: str, other: str) -> Hand:
    """A hand that puts one paragraph behind another."""

    def hand(document: Document) -> None:
        element(document, other).addnext(element(document, id_))

    return hand


def split_before(id_: str, words: str) -> Hand:
    """A hand that presses Enter before *words*."""

    def hand(document: Document) -> None:
        above = element(document, id_)
        text = next(t for t in above.iter(qn("w:t")) if words in (t.text or ""))
        kept, _, rest = text.text.partition(words)
        text.text = kept
        below = part("p")
        below.append(deepcopy(above.find(qn("w:pPr"))))
        below.extend(runs(words + rest, Voice.TEXT))
        below.append(next(child for child in above if child.tag == qn("w:bookmarkEnd")))
        above.addnext(below)

    return hand


def merged(id_: str, below: str) -> Hand:
    """A hand that deletes the break between two paragraphs."""

    def hand(document: Document) -> None:
        first, second = element(document, id_), element(document, below)
        for child in list(second):
            if child.tag != qn("w:pPr"):
                first.append(child)
        second.getparent().remove(second)

    return hand


def without_marks(document: Document) -> None:
    """An editor that drops bookmarks, and what programs keep in a document."""
    body: Any = document.element.body
    for tag in ("bookmarkStart", "bookmarkEnd"):
        for mark in list(body.iter(qn(f"w:{tag}"))):
            mark.getparent().remove(mark)
    for key, relation in list(document.part.rels.items()):
        if relation.reltype.endswith("/customXml"):
            del document.part.rels[key]


def emboldened(id_: str, words: str) -> Hand:
    """A hand that makes *words* bold."""

    def hand(document: Document) -> None:
        holds = element(document, id_)
        run = next(r for r in holds.iter(qn("w:r")) if words in (r.findtext(qn("w:t")) or ""))
        before, _, behind = run.findtext(qn("w:t")).partition(words)
        bold, rest = deepcopy(run), deepcopy(run)
        for piece, text in ((run, before), (bold, words), (rest, behind)):
            piece.find(qn("w:t")).text = text
        bold.find(qn("w:rPr")).append(part("b"))
        run.addnext(bold)
        bold.addnext(rest)

    return hand


def wrapped(document: Document, holds: Any) -> Paragraph:
    """An element of the document's XML as python-docx sees it."""
    return Paragraph(holds, document._body)  # noqa: SLF001 - it wraps no elements for others


def said(words: str, *, by_voice: Voice, office: Office, id_: str) -> bool:
    """Whether *words* of a paragraph are in a voice."""
    document = docx.Document(str(office.path))
    own = wrapped(document, element(document, id_)).runs
    return "".join(r.text for r in own if voice_of(document, r.element) is by_voice) == words


def bold_words(office: Office, id_: str) -> str:
    """The words of a paragraph that are bold."""
    document = docx.Document(str(office.path))
    own = wrapped(document, element(document, id_)).runs
    return "".join(run.text for run in own if run.bold)


def test_what_nobody_touched_says_the_new_numbers(office: Office) -> None:
    edits = office.again()

    assert edits == Edits(updated=("bad", "parks"))
    assert NEW in office.text("bad")
    assert OLD not in office.text()


def test_an_edit_stays_while_the_others_are_renewed(office: Office) -> None:
    office.edit(typed_over("problems", "尚未改正", "至今未改正，须立行立改"))

    edits = office.again()

    assert "须立行立改" in office.text("problems")
    assert NEW in office.text("bad")
    assert edits == Edits(updated=("bad", "parks"), kept=("problems",))


def test_an_edit_whose_numbers_changed_stays_and_is_asked_about(office: Office) -> None:
    office.edit(typed_over("bad", "竣工项目", "总投资2000万元以上竣工项目"))

    edits = office.again()

    assert OLD in office.text("bad")
    assert "总投资2000万元以上" in office.text("bad")
    [question] = edits.questions
    assert question.startswith("“（二）进度滞后的。规上工业总产值")
    assert f"您改过；{CHANGE}；产值完成由73.3%改为74.3%" in question
    [comment] = office.comments()
    assert CHANGE in comment
    assert f"程序现在的写法：（二）进度滞后的。规上工业总产值{NEW}" in comment


NEW_NUMBERS = [
    typed_over("bad", "17.60亿元", "17.82亿元"),
    typed_over("bad", "73.3%", "74.3%"),
    typed_over("bad", "1.7个百分点", "0.7个百分点"),
]


@pytest.mark.parametrize("more", [[], [typed_over("bad", "竣工项目", "竣工的项目")]])
def test_who_typed_the_new_numbers_already_is_not_asked(office: Office, more: list[Hand]) -> None:
    office.edit(*NEW_NUMBERS, *more)

    edits = office.again()

    assert not edits.questions
    assert not office.comments()
    assert NEW in office.text("bad")


def test_a_deleted_paragraph_stays_deleted_and_is_told_each_time(office: Office) -> None:
    office.edit(deleted("parks"))

    first = office.again()
    second = office.again(产值="18.00亿元")

    assert "分园区情况。" not in office.text()
    assert first.deleted == (f"“四、分园区情况。规上工业总产值1…”（{CHANGE}）",)
    assert second.deleted == ("“四、分园区情况。规上工业总产值1…”（产值由17.82亿元改为18.00亿元）",)


@pytest.mark.parametrize("stretched", [False, True])
def test_an_added_paragraph_stays_where_it_is(office: Office, *, stretched: bool) -> None:
    office.edit(added_behind("tasks", stretched=stretched))

    edits = office.again()

    text = office.text()
    assert text.index("三、重点任务") < text.index(ADDED) < text.index("四、分园区")
    assert NEW in text
    assert (edits.added, edits.kept) == (("市委督查室9月现场督办2次，发现…",), ())


def test_the_order_that_a_hand_gave_stays(office: Office) -> None:
    office.edit(moved_behind("tasks", "parks"))

    edits = office.again()

    text = office.text()
    assert text.index("四、分园区") < text.index("三、重点任务")
    assert NEW in office.text("parks")
    assert edits.notes == ("段落次序您调整过，按您的次序",)


@pytest.mark.parametrize("marks", [[], [without_marks]])
def test_a_split_paragraph_is_kept_and_asked_about(office: Office, marks: list[Hand]) -> None:
    office.edit(split_before("bad", "规上工业企业"), *marks)

    edits = office.again()

    assert (edits.kept, edits.deleted, edits.added) == (("bad（拆段）",), (), ())
    assert [CHANGE in question for question in edits.questions] == [True]
    assert len(office.comments()) == 1


@pytest.mark.parametrize("marks", [[], [without_marks]])
def test_merged_paragraphs_are_kept_and_asked_about(office: Office, marks: list[Hand]) -> None:
    office.edit(merged("tasks", "parks"), *marks)

    edits = office.again()

    assert (edits.kept, edits.deleted) == (("tasks、parks（并段）",), ())
    assert [CHANGE in question for question in edits.questions] == [True]


def test_a_bold_number_stays_bold_when_it_changes(office: Office) -> None:
    office.edit(emboldened("bad", "17.60亿元"))

    office.again()

    assert bold_words(office, "bad") == NEW
    assert said("（二）进度滞后的。", by_voice=Voice.LEAD, office=office, id_="bad")


def test_bookmarks_that_changed_places_mislead_nobody(office: Office) -> None:
    def strayed(document: Document) -> None:
        first, second = (
            next(element(document, id_).iter(qn("w:bookmarkStart"))) for id_ in ("tasks", "parks")
        )
        first.set(qn("w:name"), "wy_parks")
        second.set(qn("w:name"), "wy_tasks")

    office.edit(strayed)

    edits = office.again()

    assert edits.kept == ()
    assert "四、分园区" in office.text("parks")
    assert NEW in office.text("parks")


def test_a_revision_that_nobody_accepted_is_not_written_over(office: Office) -> None:
    def revised(document: Document) -> None:
        last = list(element(document, "good").iter(qn("w:r")))[-1]
        inserted = part("ins", id=900, author="王科长", date="2025-10-10T09:00:00Z")
        last.addprevious(inserted)
        inserted.extend(runs("（快报数）", Voice.TEXT))

    office.edit(revised)

    edits = office.again(营业收入="33.50亿元")

    assert edits.kept == ("good（有修订或图注）",)
    assert "（快报数）" in office.text("good")
    assert "33.10亿元" in office.text("good")
    assert "营业收入由33.10亿元改为33.50亿元" in office.comments()[0]


SENSITIVITY = OfficialParagraph(
    id="sensitivity",
    pieces=(Piece("敏感性。", Voice.HEADING), Piece("第11项若按万美元计，则未完成。")),
)


def test_a_new_paragraph_comes_behind_the_one_that_it_follows(office: Office) -> None:
    written = write_document(bulletin(more=SENSITIVITY), office.path)

    assert written.edits == Edits(inserted=("sensitivity",))
    text = office.text()
    assert text.index("四、分园区") < text.index("敏感性。") < text.index("五、存在问题")
    assert said("敏感性。", by_voice=Voice.HEADING, office=office, id_="sensitivity")


def test_a_paragraph_without_a_basis_goes_unless_a_hand_edited_it(office: Office) -> None:
    written = write_document(bulletin(without="tasks"), office.path)

    assert written.edits == Edits(removed=("tasks",))
    assert "三、重点任务" not in office.text()


def test_an_edited_paragraph_without_a_basis_is_asked_about(office: Office) -> None:
    office.edit(typed_over("tasks", "牵头", "牵头，已约谈"))

    written = write_document(bulletin(without="tasks"), office.path)

    assert written.edits is not None
    assert "已约谈" in office.text("tasks")
    assert "这一段所依据的内容本期没有了，请核对。" in written.edits.questions[0]


def test_number_day_and_printing_day_filled_by_hand_stay(office: Office) -> None:
    office.edit(
        typed_over("number", "×", "23"),
        typed_over("day", "×", "15"),
        typed_over("printer", "×", "16"),
    )

    edits = office.again()

    assert "23号" in office.text("number")
    assert "10月15日" in office.text("day")
    assert "10月16日印发" in office.text("printer")
    assert (edits.kept, edits.questions) == (("number", "day", "printer"), ())


EDITED = typed_over("bad", "竣工项目", "竣工的项目")


def test_a_question_names_the_number_that_the_edited_text_stands_at(office: Office) -> None:
    office.edit(EDITED).again()

    edits = office.again(产值="17.95亿元")

    assert "产值由17.60亿元改为17.95亿元" in edits.questions[0]
    [comment] = office.comments()
    assert "产值由17.60亿元改为17.95亿元" in comment


def test_a_question_is_closed_by_the_new_numbers(office: Office) -> None:
    office.edit(EDITED).again()
    office.edit(*NEW_NUMBERS)

    edits = office.again()

    assert not edits.questions
    assert not office.comments()
    assert "您已按批注改好" in edits.notes[0]


def test_a_question_that_nobody_answered_stays_open(office: Office) -> None:
    office.edit(EDITED).again()

    edits = office.again()

    assert edits.notes == ("另有1处批注尚未处理",)
    assert len(office.comments()) == 1


def test_a_question_whose_numbers_came_back_is_closed(office: Office) -> None:
    office.edit(EDITED).again()

    written = write_document(bulletin(), office.path)

    assert written.edits is not None
    assert "又改回您改稿时的数" in written.edits.notes[0]
    assert not office.comments()
    assert "竣工的项目" in office.text("bad")


def test_other_peoples_comments_stay(office: Office) -> None:
    def asked(document: Document) -> None:
        run = wrapped(document, element(document, "bad")).runs[-1]
        document.add_comment([run], text="请王局核一下", author="张主任")

    office.edit(asked)

    office.again()

    assert office.comments() == ["请王局核一下"]
    assert NEW in office.text("bad")


def rewritten(document: Document) -> None:
    """A hand that writes a paragraph anew, without any of its numbers."""
    holds = element(document, "bad")
    for run in list(holds.iter(qn("w:r"))):
        holds.remove(run)
    end = next(child for child in holds if child.tag == qn("w:bookmarkEnd"))
    for run in runs("（二）进度滞后的有4项，详见附件3，请各牵头单位对照整改。", Voice.TEXT):
        end.addprevious(run)


@pytest.mark.parametrize("marks", [[], [without_marks]])
def test_a_paragraph_written_anew_is_never_overwritten(office: Office, marks: list[Hand]) -> None:
    office.edit(rewritten, *marks)

    edits = office.again()

    assert "详见附件3，请各" in office.text()
    assert NEW not in office.text("bad")
    assert edits.questions or edits.deleted


def test_an_added_table_stays(office: Office) -> None:
    def tabled(document: Document) -> None:
        table = document.add_table(2, 2)
        table.cell(0, 0).text = "单位"
        element(document, "steps").addnext(table._tbl)  # noqa: SLF001 - likewise

    office.edit(tabled)

    office.again()

    assert len(docx.Document(str(office.path)).tables) == 2
    assert NEW in office.text("bad")


def lose_basis(office: Office) -> None:
    """Have nothing left of what was generated."""
    office.edit(without_marks)
    office.path.with_name(".通报.底稿.json").unlink()


def test_a_document_that_lost_its_marks_is_held_against_the_file_beside_it(office: Office) -> None:
    office.edit(EDITED, without_marks)

    edits = office.again()

    assert NEW in office.text("parks")
    assert "竣工的项目" in office.text("bad")
    assert (edits.deleted, edits.added) == ((), ())
    assert CHANGE in edits.questions[0]


def test_without_any_basis_everything_that_differs_is_kept_and_said(office: Office) -> None:
    office.edit(EDITED)
    lose_basis(office)

    edits = office.again()

    assert "竣工的项目" in office.text()
    assert OLD in office.text()
    assert "一律视为您改过，请逐段核对" in edits.notes[-1]


@pytest.mark.parametrize("lock", [".~lock.通报.docx#", "~$通报.docx", "~$.docx"])
def test_a_document_that_is_open_is_not_written(office: Office, lock: str) -> None:
    before = office.path.read_bytes()
    office.path.with_name(lock).touch()

    with pytest.raises(CannotWrite, match="正在别的程序里打开着"):
        office.again()

    assert office.path.read_bytes() == before


def test_what_is_no_document_any_more_is_left_alone(office: Office) -> None:
    office.path.write_bytes(b"saved as something else")

    with pytest.raises(CannotRead, match="不是能打开的 Word 文档"):
        office.again()

    assert office.path.read_bytes() == b"saved as something else"


def test_the_same_again_changes_no_byte_and_keeps_no_copy(office: Office) -> None:
    first = office.path.read_bytes()

    written = write_document(bulletin(), office.path)

    assert office.path.read_bytes() == first
    assert written.edits == Edits()
    assert written.earlier is None


def test_each_changed_document_is_kept_as_it_was(office: Office) -> None:
    office.edit(EDITED)
    edited = office.path.read_bytes()

    written = write_document(bulletin(**CORRECTED), office.path)

    assert written.earlier is not None
    assert written.earlier.read_bytes() == edited
    assert written.earlier.parent.name == "旧稿"


@needs_writer
@pytest.mark.slow
def test_libreoffice_saving_it_edits_nothing(office: Office) -> None:
    edits = office.saved_by_libreoffice().again()

    assert (edits.kept, edits.questions, edits.deleted, edits.added) == ((), (), (), ())
    assert NEW in office.text("bad")
    assert said("（二）进度滞后的。", by_voice=Voice.LEAD, office=office, id_="bad")


@needs_writer
@pytest.mark.slow
@pytest.mark.parametrize("by_way_of", ["docx", "odt", "doc"])
def test_edits_stay_through_libreoffice(office: Office, by_way_of: str) -> None:
    office.edit(EDITED, typed_over("day", "×", "15"), emboldened("parks", "官渡"))
    office.saved_by_libreoffice(by_way_of)

    edits = office.again()

    assert "竣工的项目" in office.text()
    assert "10月15日" in office.text()
    assert NEW in office.text()
    assert (edits.deleted, edits.added) == ((), ())
    assert [CHANGE in question for question in edits.questions] == [True]


@needs_writer
@pytest.mark.slow
def test_a_question_stays_one_when_libreoffice_saved_it(office: Office) -> None:
    office.edit(EDITED).again()

    office.saved_by_libreoffice().again(产值="17.95亿元")

    [comment] = office.comments()
    assert "17.95亿元" in comment


def standing_ids(office: Office) -> Iterator[str]:
    """The ids of all bookmarks, in the order of the text."""
    for present in present_paragraphs(docx.Document(str(office.path))):
        yield from present.ids


def test_every_paragraph_has_its_bookmark_after_any_edit(office: Office) -> None:
    before = [*standing_ids(office)]
    office.edit(EDITED, without_marks)

    office.again()

    assert [*standing_ids(office)] == before
