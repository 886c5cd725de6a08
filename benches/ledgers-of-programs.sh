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

# The entries, the same for every program: in the order of their days, their amounts as uneven as those of a ledger. Amounts
# in a row (1.25, 2.25, ...) would deflate so well that inflating them costs next to nothing.
awk -v entries="$entries" 'BEGIN {
    x = 20221
    split("付材料款 付工程进度款 付劳务费 报差旅费 付维修费 付租车费 报印刷费 付检测费 付设计费 付监理费 报会议费 付水电费", what, " ")
    split("宏达建材 顺通运输 永固工程 东湖印务 金桥检测 众信劳务 蓝天设计 明远监理 城关五金 兴农机械 安泰物业 同创信息", whose, " ")
    split("50010203 道路养护;50020101 办公费;50020502 维修费;50020601 差旅费;50030101 房屋建筑物购建;50049901 其他", account, ";")
    for (i = 1; i <= entries; i++) {
        x = x * 16807 % 2147483647; w = x % 12 + 1
        x = x * 16807 % 2147483647; p = x % 12 + 1
        x = x * 16807 % 2147483647; a = x % 6 + 1
        x = x * 16807 % 2147483647; size = 10 ^ (x % 5)
        x = x * 16807 % 2147483647; cents = int(x % 1000000 * size / 100) + 1
        day = int((i - 1) * 336 / entries)
        split(account[a], of, " ")
        printf "2022-%02d-%02d\t记-%d\t%s（%s，合同%d号）\t%s\t%s\t%d.%02d\n", int(day / 28) + 1, day % 28 + 1, i, what[w], \
            whose[p], x % 9000 + 1000, of[1], of[2], int(cents / 100), cents % 100
    }
}' >entries.tsv

if npm install --silent --no-save xlsx@0.18.5 exceljs@4.4.0 >/dev/null 2>&1; then
    node - <<'JS' || missing "SheetJS, ExcelJS"
const titles = ["日期", "凭证号", "摘要", "科目编码", "科目名称", "借方金额", "贷方金额"];
const XLSX = require("xlsx");
const rows = [["支出明细账"], titles];
for (const line of require("fs").readFileSync("entries.tsv", "utf8").trimEnd().split("\n")) {
    const cells = line.split("\t");
    rows.push([...cells.slice(0, 5), Number(cells[5]), null]);
}
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
    python3 - <<'PY' || missing "XlsxWriter, openpyxl"
import openpyxl, xlsxwriter
titles = ["日期", "凭证号", "摘要", "科目编码", "科目名称", "借方金额", "贷方金额"]
def rows():
    yield ["支出明细账"]
    yield titles
    with open("entries.tsv", encoding="utf-8") as entries:
        for line in entries:
            *texts, amount = line.rstrip("\n").split("\t")
            yield [*texts, float(amount)]
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
import java.nio.file.*;
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
        int number = 2;
        for (String line : Files.readAllLines(Path.of("entries.tsv"))) {
            Row row = sheet.createRow(number++);
            String[] cells = line.split("\t");
            for (int col = 0; col < 5; col++) row.createCell(col).setCellValue(cells[col]);
            row.createCell(5).setCellValue(Double.parseDouble(cells[5]));
        }
        try (FileOutputStream out = new FileOutputStream("poi-sxssf.xlsx")) {
            book.write(out);
        }
        book.dispose();
    }
}
JAVA
    jars=$(ls /usr/share/java/*.jar | tr '\n' ':')
    { javac -encoding UTF-8 -cp "$jars" Sxssf.java && java -cp "$jars:." Sxssf; } || missing "POI"
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
rm -rf node_modules package-lock.json entries.tsv
ls -l ./*.xlsx
