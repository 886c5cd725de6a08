#!/bin/sh
# Ledgers as other programs write them, for the benchmark: SheetJS and ExcelJS (npm), XlsxWriter and openpyxl (PyPI), POI's
# streaming writer (Debian), LibreOffice. What is not to be had is left out with a word.
#
#   benches/ledgers-of-programs.sh FOLDER [ENTRIES]
#   cargo bench --bench ledger -- FOLDER/*.xlsx
set -eu
folder=${1:?a folder}
entries=${2:-200000}
mkdir -p "$folder"
cd "$folder"
missing() { echo "left out: $1" >&2; }

if npm install --silent --no-save xlsx@0.18.5 exceljs@4.4.0 >/dev/null 2>&1; then
    ENTRIES=$entries node - <<'JS' || missing "SheetJS, ExcelJS"
const entries = Number(process.env.ENTRIES);
const titles = ["日期", "凭证号", "摘要", "科目编码", "科目名称", "借方金额", "贷方金额"];
const row = (i) => [`2022-${String(1 + (i % 12)).padStart(2, "0")}-15`, `记-${i}`, `付第${i}批材料款`, "50010203", "道路养护", (i % 9973) + 0.25, null];
const XLSX = require("xlsx");
const rows = [["支出明细账"], titles];
for (let i = 1; i <= entries; i++) rows.push(row(i));
const book = XLSX.utils.book_new();
XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(rows), "明细账");
XLSX.writeFile(book, "sheetjs.xlsx", { compression: true });
XLSX.writeFile(book, "sheetjs-strings.xlsx", { compression: true, bookSST: true });
const ExcelJS = require("exceljs");
const stream = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: "exceljs.xlsx", useSharedStrings: false });
const sheet = stream.addWorksheet("明细账");
rows.forEach((cells) => sheet.addRow(cells).commit());
stream.commit();
JS
else
    missing "SheetJS, ExcelJS (npm)"
fi

if python3 -c "import xlsxwriter, openpyxl" 2>/dev/null || python3 -m pip install --quiet xlsxwriter openpyxl 2>/dev/null; then
    ENTRIES=$entries python3 - <<'PY' || missing "XlsxWriter, openpyxl"
import os
import openpyxl, xlsxwriter
entries = int(os.environ["ENTRIES"])
titles = ["日期", "凭证号", "摘要", "科目编码", "科目名称", "借方金额", "贷方金额"]
def rows():
    yield ["支出明细账"]
    yield titles
    for i in range(1, entries + 1):
        yield [f"2022-{1 + i % 12:02}-15", f"记-{i}", f"付第{i}批材料款", "50010203", "道路养护", i % 9973 + 0.25]
for name, options in [("xlsxwriter", {}), ("xlsxwriter-constant", {"constant_memory": True})]:
    book = xlsxwriter.Workbook(name + ".xlsx", options)
    sheet = book.add_worksheet("明细账")
    for number, cells in enumerate(rows()):
        for col, cell in enumerate(cells):
            sheet.write(number, col, cell)
    book.close()
for name, only in [("openpyxl", False), ("openpyxl-write-only", True)]:
    book = openpyxl.Workbook(write_only=only)
    sheet = book.create_sheet("明细账", 0)
    for cells in rows():
        sheet.append(cells)
    if not only:
        del book["Sheet"]
    book.save(name + ".xlsx")
PY
else
    missing "XlsxWriter, openpyxl (PyPI)"
fi

if ls /usr/share/java/poi-ooxml*.jar >/dev/null 2>&1 && command -v javac >/dev/null; then
    cat >Sxssf.java <<'JAVA'
import java.io.FileOutputStream;
import org.apache.poi.ss.usermodel.*;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;

public class Sxssf {
    public static void main(String[] args) throws Exception {
        SXSSFWorkbook book = new SXSSFWorkbook(100);
        Sheet sheet = book.createSheet("明细账");
        sheet.createRow(0).createCell(0).setCellValue("支出明细账");
        String[] titles = {"日期", "凭证号", "摘要", "科目编码", "科目名称", "借方金额", "贷方金额"};
        Row head = sheet.createRow(1);
        for (int col = 0; col < titles.length; col++) head.createCell(col).setCellValue(titles[col]);
        for (int i = 1; i <= Integer.parseInt(args[0]); i++) {
            Row row = sheet.createRow(i + 1);
            String[] texts = {String.format("2022-%02d-15", 1 + i % 12), "记-" + i, "付第" + i + "批材料款", "50010203", "道路养护"};
            for (int col = 0; col < texts.length; col++) row.createCell(col).setCellValue(texts[col]);
            row.createCell(5).setCellValue(i % 9973 + 0.25);
        }
        try (FileOutputStream out = new FileOutputStream("poi-sxssf.xlsx")) {
            book.write(out);
        }
        book.dispose();
    }
}
JAVA
    jars=$(ls /usr/share/java/*.jar | tr '\n' ':')
    { javac -encoding UTF-8 -cp "$jars" Sxssf.java && java -cp "$jars:." Sxssf "$entries"; } || missing "POI"
    rm -f Sxssf.java Sxssf.class
else
    missing "POI (apt-get install libapache-poi-java)"
fi

if command -v soffice >/dev/null && [ -f xlsxwriter.xlsx ]; then
    mkdir -p converted
    soffice --headless --convert-to xlsx --outdir converted xlsxwriter.xlsx >/dev/null 2>&1 &&
        mv converted/xlsxwriter.xlsx libreoffice.xlsx || missing "LibreOffice"
    rm -rf converted
fi
rm -rf node_modules package-lock.json
ls -l ./*.xlsx
