"""A made-up bulletin as paragraphs, and the same with other numbers."""

from wyexcel.files.writing.official.official_document import (
    OfficialDocument,
    OfficialParagraph,
    Piece,
    Style,
    Voice,
)

NUMBERS = {
    "营业收入": "33.10亿元",
    "产值": "17.60亿元",
    "产值完成": "73.3%",
    "产值欠": "1.7个百分点",
    "企业": "12户",
    "竣工": "4个",
}
CORRECTED = {"产值": "17.82亿元", "产值完成": "74.3%", "产值欠": "0.7个百分点"}
"""What a corrected report changes."""

TEXTS = {
    "number": (Style.NUMBER, "", "", "万园区办〔2025〕×号"),
    "title": (
        *(Style.TITLE, "", ""),
        "关于2025年前三季度工业园区高质量发展\n目标任务完成情况的通报",
    ),
    "salutation": (Style.SALUTATION, "", "", "各责任单位："),
    "overall": (
        *(Style.BODY, "一、总体情况。", ""),
        "截至9月底，11项指标中，完成或达到时序2项，欠进度1项，未到节点1项，其余不作评判。",
    ),
    "good": (
        *(Style.BODY, "二、主要指标。", "（一）进展较好的。"),
        "营业收入{营业收入}，超过时序进度，增速居前；新增省级以上研发平台1个，提前完成全年任务。",
    ),
    "bad": (
        *(Style.BODY, "", "（二）进度滞后的。"),
        (
            "规上工业总产值{产值}，完成年度目标{产值完成}，欠时序进度{产值欠}；"
            "规上工业企业{企业}，欠1户；竣工项目{竣工}，欠2个。"
        ),
    ),
    "tasks": (
        *(Style.BODY, "三、重点任务。", ""),
        "9月底前应完成18项，已完成15项；延期3项，由市经信局、市投促中心分别牵头。",
    ),
    "parks": (
        *(Style.BODY, "四、分园区情况。", ""),
        "规上工业总产值{产值}中，官渡8.60亿元、白沙6.00亿元，其余在青花。",
    ),
    "problems": (
        *(Style.BODY, "五、存在问题。", ""),
        "市投促中心补报被退回，尚未改正；市商务局9月表未报。2个项目用地手续未办结。",
    ),
    "steps": (
        *(Style.BODY, "六、下一步要求。", ""),
        "市经信局10月31日前完成企业升规申报，其余单位10月18日前补齐报表，下期报送前核对一致。",
    ),
}
"""Style, heading, lead and words of each paragraph; numbers by name."""


def paragraph(id_: str, numbers: dict[str, str]) -> OfficialParagraph:
    """The paragraph *id_* with *numbers* in their places."""
    style, heading, lead, words = TEXTS[id_]
    pieces = [
        Piece(text, voice) for text, voice in ((heading, Voice.HEADING), (lead, Voice.LEAD)) if text
    ]
    told = {name: number for name, number in numbers.items() if f"{{{name}}}" in words}
    return OfficialParagraph(
        id=id_,
        style=style,
        pieces=(*pieces, Piece(words.format(**numbers))),
        facts=told,
    )


def bulletin(
    *, without: str = "", more: OfficialParagraph | None = None, **changed: str
) -> OfficialDocument:
    """The bulletin with *changed* numbers, *without* a paragraph, or with one *more* after 四、."""
    numbers = {**NUMBERS, **changed}
    text = [paragraph(id_, numbers) for id_ in TEXTS if id_ != without]
    if more is not None:
        place = next(n for n, one in enumerate(text) if one.id == "parks")
        text.insert(place + 1, more)
    return OfficialDocument(
        text=tuple(text),
        annexes=("目标任务完成情况表", "分园区情况表", "欠进度事项清单"),
        signature="万源市工业园区管理委员会",
        day="2025年10月×日",
        copies="市委办公室，市政府办公室，市纪委监委，市统计局。",
        printer="万源市工业园区管理委员会办公室",
        printed="2025年10月×日印发",
        about="2025-09",
    )
