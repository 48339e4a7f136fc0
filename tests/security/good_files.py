"""Good tables of people and of pairs in every format, made by chance, for ``mutants`` to spoil."""

import csv
import io
import random
import zipfile
from collections.abc import Callable

import xlsxwriter

HEADER = [
    "Employee ID",
    "Name",
    "E-mail",
    "Level",
    "Office",
    "Manager",
    "End date",
    "Topics",
    "SSN",
    "Working hours",
    "Capacity",
    "Time zone",
    "Remarks",
]
LEVELS = ["Associate", "Senior", "Manager", "Director", "VP"]
OFFICES = ["London", "NYC", "São Paulo", "Zürich", "Tokyo"]


def table(dice: random.Random) -> list[list[str]]:
    rows = [person(dice, number) for number in range(1, dice.choice([1, 5, 60]) + 1)]
    return [HEADER, *rows]


def person(dice: random.Random, number: int) -> list[str]:
    name = dice.choice(["Ann Lee", "José Núñez", "Zoë Müller", 'Kim "K" Park', "Lee, Bo"])
    day = f"{dice.randint(1, 12)}/{dice.randint(1, 28)}/{dice.choice([2019, 2999])}"
    manager = str(dice.randint(1, number))
    level, office = dice.choice(LEVELS), dice.choice(OFFICES)
    topics = "AI:3; Cloud (2)"
    return [
        str(number),
        name,
        f"p{number}@x.org",
        level,
        office,
        manager,
        day,
        topics,
        "123-45-6789",
        "09:00-17:00",
        "2",
        "Europe/London",
        "new here",
    ]


PAIRS_HEADER = ["Mentor", "Mentee Name", "State", "Since", "Until", "Remarks"]
Rows = Callable[[random.Random], list[list[str]]]


def pairs_table(dice: random.Random) -> list[list[str]]:
    return [PAIRS_HEADER, *(pair(dice, number) for number in range(dice.choice([1, 5, 60])))]


def pair(dice: random.Random, number: int) -> list[str]:
    name = dice.choice(["Ann Lee", "José Núñez", "Zoë Müller", 'Kim "K" Park', "Lee, Bo"])
    state = dice.choice(["current", "former", "aktiv", "ehemalig", "", "paused"])
    since = f"{dice.randint(1, 12)}/{dice.randint(1, 28)}/2019"
    until = f"{dice.randint(1, 12)}/{dice.randint(1, 28)}/{dice.choice([2019, 2020, 2999])}"
    mentor = dice.choice([f"p{number}@x.org", str(100 + number)])
    return [mentor, f"{name} {number}", state, since, dice.choice(["", until]), "London"]


def as_text(dice: random.Random, rows: Rows = table) -> bytes:
    return text_file(rows(dice), dice)


def text_file(rows: list[list[str]], dice: random.Random) -> bytes:
    target = io.StringIO()
    writer = csv.writer(
        target, delimiter=dice.choice(",;\t|"), lineterminator=dice.choice(["\n", "\r\n", "\r"])
    )
    writer.writerows(rows)
    encoding = dice.choice(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "utf-32"])
    return target.getvalue().encode(encoding)


def as_xlsx(dice: random.Random, rows: Rows = table) -> bytes:
    return xlsx_file(rows(dice), dice)


def xlsx_file(people: list[list[str]], dice: random.Random) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as workbook:
        for name in ["Notes", "People"][dice.randint(0, 1) :]:
            sheet = workbook.add_worksheet(name)
            for at, row in enumerate(people if name == "People" else [["See the next sheet"]]):
                sheet.write_row(at, 0, row)
    return target.getvalue()


def as_ods(dice: random.Random, rows: Rows = table) -> bytes:
    return ods_file("".join(ods_row(row) for row in rows(dice)))


def ods_row(row: list[str], extra: str = "") -> str:
    cells = "".join(
        '<table:table-cell office:value-type="string"><text:p>'
        f"{cell.replace('&', '&amp;').replace('<', '&lt;')}</text:p></table:table-cell>"
        for cell in row
    )
    return f"<table:table-row{extra}>{cells}</table:table-row>"


def ods_file(rows: str) -> bytes:
    space = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{space}:office:1.0" '
        f'xmlns:table="{space}:table:1.0" xmlns:text="{space}:text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="People">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = f'<?xml version="1.0"?><m:manifest xmlns:m="{space}:manifest:1.0"/>'
    return packed(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content.encode(),
            "META-INF/manifest.xml": manifest.encode(),
        }
    )


def packed(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(name, part, compress_type=kind)
    return target.getvalue()


def parts_of(base: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(base)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
