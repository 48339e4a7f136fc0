"""Small workbooks to read."""

import io
import zipfile

import xlsxwriter

SPACE = "urn:oasis:names:tc:opendocument:xmlns"
HEADER = ["ID", "Name", "Level"]
ROWS = [HEADER, ["1", "Ann", "VP"], ["2", "Bo", "Senior"]]


def make_xlsx(sheets, first=(0, 0), hidden=()):
    """The bytes of a workbook out of rows by sheet name."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as workbook:
        dates = workbook.add_format({"num_format": "yyyy-mm-dd"})
        workbook.default_date_format = dates
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            if name in hidden:
                sheet.hide()
            for at, row in enumerate(rows):
                sheet.write_row(first[0] + at, first[1], row)
    return target.getvalue()


def make_ods(rows):
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    lines = ("".join(cell.format(value) for value in row) for row in rows)
    body = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{SPACE}:office:1.0" '
        f'xmlns:table="{SPACE}:table:1.0" xmlns:text="{SPACE}:text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="S">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = f'<?xml version="1.0"?><m:manifest xmlns:m="{SPACE}:manifest:1.0"/>'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return make_zip({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def make_zip(parts):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return target.getvalue()
