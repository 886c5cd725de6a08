#!/usr/bin/env python3
"""Makes the Word templates of the reports and of the documents that go out.

The templates are embedded in the program and may be opened and changed in Word; this script is where they are changed
for good. Run it in this folder; the same script makes the same bytes.

A line of an outline is a block; what it begins with says which:
  T title   1 2 3 4 headings   P text   N text without indent   C centred   R at the right   A an attachment on a page of its own
  M a marker, alone in its paragraph
  [ id ... ]    a passage: a content control that a person may write over
Tables are tuples, see `table`.
"""
import zipfile
from xml.sax.saxutils import escape

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NS = (W + ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
      ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
      ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
      ' xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"')
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

SONG, HEI, KAI, FANG = '方正小标宋简体', '黑体', '楷体_GB2312', '仿宋_GB2312'
LATIN = 'Times New Roman'
# GB/T 9704: margins 37, 35, 28, 26 mm; 22 lines of 28 characters; 29 points a line.
MARGINS = 'w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="1134" w:footer="1400" w:gutter="0"'
# Tables lie across the page.
WIDE = 'w:top="1588" w:right="1417" w:bottom="1474" w:left="1417" w:header="850" w:footer="850" w:gutter="0"'
PITCH = 580


def fonts(east, latin=LATIN):
    return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{east}" w:cs="{latin}"/>'


def style(kind, sid, name, ppr='', rpr='', based='a', extra=''):
    base = f'<w:basedOn w:val="{based}"/>' if based else ''
    return (f'<w:style w:type="{kind}" w:styleId="{sid}"{extra}><w:name w:val="{name}"/>{base}<w:qFormat/>'
            f'<w:pPr>{ppr}</w:pPr><w:rPr>{rpr}</w:rPr></w:style>')


def styles():
    line = f'<w:spacing w:before="0" w:after="0" w:line="{PITCH}" w:lineRule="exact"/>'
    indent = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
    size = lambda half: f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
    out = [HEAD, f'<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr>{fonts(FANG)}<w:kern w:val="2"/>{size(32)}'
           '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>']
    out.append(style('paragraph', 'a', 'Normal', f'<w:widowControl w:val="0"/>{line}<w:ind w:firstLineChars="200" w:firstLine="640"/><w:jc w:val="both"/>',
                     based='', extra=' w:default="1"'))
    out.append(style('paragraph', 'title', 'Title', f'<w:spacing w:before="0" w:after="0" w:line="640" w:lineRule="exact"/><w:ind w:firstLine="0" w:firstLineChars="0"/><w:jc w:val="center"/>', fonts(SONG) + size(44)))
    for level, font, bold in ((1, HEI, ''), (2, KAI, '<w:b/>'), (3, FANG, '<w:b/>'), (4, FANG, '')):
        out.append(style('paragraph', f'h{level}', f'heading {level}', f'<w:keepNext/>{line}{indent}<w:outlineLvl w:val="{level - 1}"/>', fonts(font) + bold + size(32)))
    out.append(style('paragraph', 'n', '无缩进', '<w:ind w:firstLine="0" w:firstLineChars="0"/>'))
    out.append(style('paragraph', 'caption', 'caption', '<w:keepNext/><w:spacing w:before="120" w:after="60" w:line="400" w:lineRule="exact"/><w:ind w:firstLine="0" w:firstLineChars="0"/><w:jc w:val="center"/>', fonts(HEI) + size(28)))
    out.append(style('paragraph', 'cell', '表格文字', '<w:spacing w:before="0" w:after="0" w:line="340" w:lineRule="exact"/><w:ind w:firstLine="0" w:firstLineChars="0"/><w:jc w:val="center"/>', size(24)))
    out.append(style('paragraph', 'chart', '图', '<w:spacing w:before="120" w:after="120" w:line="240" w:lineRule="auto"/><w:ind w:firstLine="0" w:firstLineChars="0"/><w:jc w:val="center"/>'))
    out.append(style('paragraph', 'header', 'header', '<w:spacing w:line="240" w:lineRule="auto"/><w:ind w:firstLine="0" w:firstLineChars="0"/><w:jc w:val="center"/>', fonts(HEI) + '<w:color w:val="C00000"/>' + size(24)))
    out.append(style('paragraph', 'footer', 'footer', '<w:spacing w:line="240" w:lineRule="auto"/><w:ind w:firstLine="0" w:firstLineChars="0"/>', fonts(FANG) + size(28)))
    for level in (1, 2):
        out.append(style('paragraph', f'toc{level}', f'toc {level}', f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="8840"/></w:tabs><w:ind w:left="{(level - 1) * 420}" w:firstLine="0" w:firstLineChars="0"/>'))
    out.append('<w:style w:type="table" w:default="1" w:styleId="tn"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>')
    border = ''.join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in ('top', 'left', 'bottom', 'right', 'insideH', 'insideV'))
    out.append(f'<w:style w:type="table" w:styleId="grid"><w:name w:val="Table Grid"/><w:basedOn w:val="tn"/><w:tblPr><w:tblBorders>{border}</w:tblBorders></w:tblPr></w:style>')
    return ''.join(out) + '</w:styles>'


def font_table():
    rows = ((SONG, 'FZXiaoBiaoSong-B05S'), (HEI, 'SimHei'), (KAI, 'KaiTi_GB2312'), (FANG, 'FangSong_GB2312'))
    out = [HEAD, f'<w:fonts {W}>']
    for name, other in rows:
        out.append(f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>')
    out.append(f'<w:font w:name="{LATIN}"><w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>')
    return ''.join(out)


def run(text, rpr=''):
    rpr = f'<w:rPr>{rpr}</w:rPr>' if rpr else ''
    return f'<w:r>{rpr}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def para(text, sid='', ppr='', rpr='', before=''):
    sid = f'<w:pStyle w:val="{sid}"/>' if sid else ''
    ppr = f'<w:pPr>{sid}{ppr}</w:pPr>' if sid or ppr else ''
    return f'<w:p>{ppr}{before}{run(text, rpr) if text else ""}</w:p>'


class Doc:
    def __init__(self):
        self.body, self.toc, self.ids = [], [], 0

    def heading(self, level, text):
        self.ids += 1
        name = f'_Toc{self.ids:04}'
        # A heading in a loop is in no table of contents that is made here; Word makes it anew.
        if level <= 2 and '{{' not in text:
            self.toc.append((level, text, name))
        mark = f'<w:bookmarkStart w:id="{self.ids}" w:name="{name}"/>'
        end = f'<w:bookmarkEnd w:id="{self.ids}"/>'
        return f'<w:p><w:pPr><w:pStyle w:val="h{level}"/></w:pPr>{mark}{run(text)}{end}</w:p>'

    def blocks(self, lines):
        out, open_ids = [], []
        for line in lines:
            if isinstance(line, tuple):
                out.append(table(*line))
                continue
            kind, _, text = line.partition(' ')
            # What ends in + stays on one page with what follows.
            kind, keep = kind.rstrip('+'), '<w:keepNext/>' if kind.endswith('+') else ''
            if kind == '[':
                self.ids += 1
                name = text.split('.{{')[0]
                out.append(f'<w:sdt><w:sdtPr><w:alias w:val="{escape(name)}"/><w:tag w:val="绩效段:{escape(text)}"/><w:id w:val="{10_000 + self.ids}"/></w:sdtPr><w:sdtContent>')
                open_ids.append(text)
            elif kind == ']':
                open_ids.pop()
                out.append('</w:sdtContent></w:sdt>')
            elif kind in '1234':
                out.append(self.heading(int(kind), text))
            elif kind == 'T':
                out.append(para(text, 'title'))
            elif kind == 'B':
                out.append('<w:p><w:pPr><w:pStyle w:val="n"/></w:pPr><w:r><w:br w:type="page"/></w:r></w:p>')
            elif kind == 'A':
                out.append(para(text, 'n', '<w:pageBreakBefore/>', fonts(HEI)))
            elif kind == 'C':
                out.append(para(text, 'n', '<w:jc w:val="center"/>'))
            elif kind == 'R':
                out.append(para(text, 'n', keep + '<w:jc w:val="right"/>'))
            elif kind == 'N':
                out.append(para(text, 'n', keep))
            elif kind == 'K':
                out.append(para(text, 'caption'))
            elif kind == 'E':
                out.append(para('', 'n'))
            elif kind == 'G':
                out.append(chart_paragraph())
            elif kind == 'TOC':
                out.append('@TOC@')
            elif kind == 'S':
                out.append(f'<w:p><w:pPr><w:pStyle w:val="n"/>{section(text)}</w:pPr></w:p>')
            else:
                out.append(para(text, '' if kind == 'P' else 'n', keep))
        assert not open_ids, open_ids
        return ''.join(out)

    def contents(self):
        fld = lambda kind, more='': f'<w:r><w:fldChar w:fldCharType="{kind}"{more}/></w:r>'
        out = []
        for at, (level, text, name) in enumerate(self.toc):
            first = ''
            if at == 0:
                first = fld('begin', ' w:dirty="true"') + '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r>' + fld('separate')
            page = fld('begin') + f'<w:r><w:instrText xml:space="preserve"> PAGEREF {name} \\h </w:instrText></w:r>' + fld('separate') + fld('end')
            last = fld('end') if at == len(self.toc) - 1 else ''
            out.append(f'<w:p><w:pPr><w:pStyle w:val="toc{level}"/></w:pPr>{first}<w:hyperlink w:anchor="{name}" w:history="1">{run(text)}<w:r><w:tab/></w:r>{page}</w:hyperlink>{last}</w:p>')
        return ''.join(out)


def section(kind):
    refs = ''
    if kind == 'front':
        refs = '<w:headerReference w:type="even" r:id="rId10"/><w:headerReference w:type="default" r:id="rId11"/>'
    if kind in ('body', 'letter'):
        refs = '<w:footerReference w:type="even" r:id="rId12"/><w:footerReference w:type="default" r:id="rId13"/>'
    start = '<w:pgNumType w:start="1"/>' if kind in ('body', 'letter') else ''
    size = '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>' if kind == 'wide' else '<w:pgSz w:w="11906" w:h="16838"/>'
    margins = WIDE if kind == 'wide' else MARGINS
    return f'<w:sectPr>{refs}<w:type w:val="nextPage"/>{size}<w:pgMar {margins}/>{start}<w:docGrid w:linePitch="{PITCH}"/></w:sectPr>'


def table(widths, titles, loop, cells, *more):
    """A table: widths in millimetres, titles, the list of its rows, their cells; `more` are rows below, each (condition, cells).
    A cell that begins with < stands at the left."""
    total = sum(widths)
    scale = [round(w * 56.7) for w in widths]
    grid = ''.join(f'<w:gridCol w:w="{w}"/>' for w in scale)

    def cell(text, width, head=False, prefix='', suffix=''):
        left = text.startswith('<')
        text = text[1:] if left else text
        # A short table stays on one page with its sum: all but the last of its rows hold on to the next.
        keep = '<w:keepNext/>' if loop == '二级指标' and not prefix.startswith('{{^') else ''
        jc = keep + ('<w:jc w:val="left"/>' if left else '')
        bold = '<w:b/>' if head else ''
        return (f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
                f'{para(prefix + text + suffix, "cell", jc, bold)}</w:tc>')

    rows = ['<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>' + ''.join(cell(t, w, True) for t, w in zip(titles, scale)) + '</w:tr>']

    def row(texts, name):
        out = []
        for at, (text, width) in enumerate(zip(texts, scale)):
            pre = '{{#' + name + '}}' if name and at == 0 else ''
            post = '{{/' + name.lstrip('^') + '}}' if name and at == len(texts) - 1 else ''
            pre = pre.replace('{{#^', '{{^')
            out.append(cell(text, width, False, pre, post))
        return '<w:tr><w:trPr><w:cantSplit/></w:trPr>' + ''.join(out) + '</w:tr>'

    rows.append(row(cells, loop))
    for name, texts in more:
        rows.append(row(texts, name))
    return (f'<w:tbl><w:tblPr><w:tblStyle w:val="grid"/><w:tblW w:w="{round(total * 56.7)}" w:type="dxa"/><w:jc w:val="center"/>'
            f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>')


def chart_paragraph():
    cx, cy = 5_400_000, 2_700_000
    return (f'<w:p><w:pPr><w:pStyle w:val="chart"/></w:pPr><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/>'
            '<wp:docPr id="1" name="得分率" descr="绩效图:一级指标:名称:得分率数"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
            '<c:chart r:id="rId14"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>')


def chart():
    font = f'<a:latin typeface="{LATIN}"/><a:ea typeface="{FANG}"/>'
    text = f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="1200">{font}</a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    return (HEAD + '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
            '<c:roundedCorners val="0"/><c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="1400" b="0">' + font +
            '</a:defRPr></a:pPr><a:r><a:rPr lang="zh-CN" sz="1400" b="0">' + font + '</a:rPr><a:t>一级指标得分率</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>'
            '<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/><c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
            '<c:ser><c:idx val="0"/><c:order val="0"/><c:tx><c:v>得分率</c:v></c:tx><c:spPr><a:solidFill><a:srgbClr val="4472A8"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/>'
            '<c:dLbls><c:numFmt formatCode="0.0%" sourceLinked="0"/><c:spPr><a:noFill/></c:spPr>' + text + '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
            '<c:cat><c:strLit><c:ptCount val="1"/><c:pt idx="0"><c:v>一级指标</c:v></c:pt></c:strLit></c:cat>'
            '<c:val><c:numLit><c:formatCode>0.0%</c:formatCode><c:ptCount val="1"/><c:pt idx="0"><c:v>1</c:v></c:pt></c:numLit></c:val></c:ser>'
            '<c:gapWidth val="60"/><c:axId val="111"/><c:axId val="112"/></c:barChart>'
            '<c:catAx><c:axId val="111"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/><c:axPos val="l"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>' + text + '<c:crossAx val="112"/><c:crosses val="autoZero"/></c:catAx>'
            '<c:valAx><c:axId val="112"/><c:scaling><c:orientation val="minMax"/><c:max val="1"/><c:min val="0"/></c:scaling><c:delete val="0"/><c:axPos val="t"/><c:majorGridlines><c:spPr><a:ln><a:solidFill><a:srgbClr val="D9D9D9"/></a:solidFill></a:ln></c:spPr></c:majorGridlines><c:numFmt formatCode="0%" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>' + text + '<c:crossAx val="111"/><c:crosses val="max"/></c:valAx>'
            '</c:plotArea><c:plotVisOnly val="1"/></c:chart></c:chartSpace>')


def footer(side):
    fld = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    # One character from the edge, as the standard has it.
    room = '<w:ind w:leftChars="100" w:left="280" w:rightChars="100" w:right="280" w:firstLine="0" w:firstLineChars="0"/>'
    return f'{HEAD}<w:ftr {NS}><w:p><w:pPr><w:pStyle w:val="footer"/>{room}<w:jc w:val="{side}"/></w:pPr>{run("— ")}{fld}{run(" —")}</w:p></w:ftr>'


def header():
    return f'{HEAD}<w:hdr {NS}>{para("{{初稿标记}}", "header")}</w:hdr>'


TYPES = {
    'word/document.xml': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
    'word/styles.xml': 'application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml',
    'word/settings.xml': 'application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml',
    'word/fontTable.xml': 'application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml',
    'word/header1.xml': 'application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml',
    'word/header2.xml': 'application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml',
    'word/footer1.xml': 'application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml',
    'word/footer2.xml': 'application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml',
    'word/charts/chart1.xml': 'application/vnd.openxmlformats-officedocument.drawingml.chart+xml',
    'docProps/core.xml': 'application/vnd.openxmlformats-package.core-properties+xml',
}


def save(path, title, lines, last, with_chart=True):
    doc = Doc()
    body = doc.blocks(lines)
    body = body.replace('@TOC@', doc.contents())
    document = f'{HEAD}<w:document {NS}><w:body>{body}{section(last)}</w:body></w:document>'
    rels = [('rId1', 'styles', 'styles.xml'), ('rId2', 'settings', 'settings.xml'), ('rId3', 'fontTable', 'fontTable.xml'),
            ('rId10', 'header', 'header1.xml'), ('rId11', 'header', 'header2.xml'), ('rId12', 'footer', 'footer1.xml'), ('rId13', 'footer', 'footer2.xml')]
    if last == 'letter':
        # A draft of a document says so in its number; it has no header.
        rels = [one for one in rels if one[1] != 'header']
    if with_chart:
        rels.append(('rId14', 'chart', 'charts/chart1.xml'))
    rel = lambda all: HEAD + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' + ''.join(
        f'<Relationship Id="{i}" Type="{t if t.startswith("http") else OFFICE + "/" + t}" Target="{x}"/>' for i, t, x in all) + '</Relationships>'
    parts = {
        '[Content_Types].xml': '',
        '_rels/.rels': rel([('rId1', 'officeDocument', 'word/document.xml'), ('rId2', 'http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties', 'docProps/core.xml')]),
        'word/document.xml': document,
        'word/_rels/document.xml.rels': rel(rels),
        'word/styles.xml': styles(),
        'word/settings.xml': f'{HEAD}<w:settings {W}><w:zoom w:percent="100"/><w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>',
        'word/fontTable.xml': font_table(),
        'word/header1.xml': header(), 'word/header2.xml': header(),
        'word/footer1.xml': footer('left'), 'word/footer2.xml': footer('right'),
        'docProps/core.xml': f'{HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(title)}</dc:title></cp:coreProperties>',
    }
    if last == 'letter':
        del parts['word/header1.xml'], parts['word/header2.xml']
    if with_chart:
        parts['word/charts/chart1.xml'] = chart()
    types = ''.join(f'<Override PartName="/{n}" ContentType="{t}"/>' for n, t in TYPES.items() if n in parts)
    parts['[Content_Types].xml'] = (HEAD + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                                    '<Default Extension="xml" ContentType="application/xml"/>' + types + '</Types>')
    with zipfile.ZipFile(path, 'w') as out:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(info, text)


from outlines import REPORTS  # noqa: E402

if __name__ == '__main__':
    for path, (title, lines, last, with_chart) in REPORTS.items():
        save(path, title, lines, last, with_chart)
        print(path)
