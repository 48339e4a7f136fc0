"""Every sentence of the room, by its code. Parameters stand as %(name)s."""

from types import MappingProxyType


def gettext_noop(text: str) -> str:
    """Marks a text for translation and leaves it as it is."""
    return text


_ = gettext_noop

TEXTS = MappingProxyType(
    {
        # The file as a whole
        "not_found": _("There is no file %(path)s. Please check its name and folder."),
        "not_a_file": _("%(path)s is not a file. Please name a CSV, TSV, XLSX or ODS file."),
        "not_readable": _(
            "%(path)s could not be opened (%(detail)s). Please check who may read it."
        ),
        "empty": _(
            "The file is empty. Please choose a file with a header row and at least one person."
        ),
        "no_rows": _(
            "The file has a header in row %(row)s and no people under it. Please check that the "
            "right file was chosen."
        ),
        "file_too_large": _(
            "The file has %(size)s MB; at most %(limit)s MB are read. Please leave out columns "
            "that are not needed, or split the file."
        ),
        "wrong_kind": _(
            "This is %(kind)s, not a table of people. Please save the table as CSV or XLSX and "
            "choose that file."
        ),
        "old_excel": _(
            "This is an old Excel file (.xls). Please open it in a spreadsheet program, save it "
            "as .xlsx and choose that file."
        ),
        "encrypted": _(
            "The workbook is protected by a password. Please save a copy without a password and "
            "choose that file."
        ),
        "binary": _(
            "The file holds binary data, not a table. Please save the table as CSV or XLSX and "
            "choose that file."
        ),
        "no_table": _(
            "Row %(row)s (“%(value)s”) is not the header of a table with several columns. Please "
            "choose a CSV, TSV, XLSX or ODS file with one column for each fact."
        ),
        "no_header": _(
            "The file seems to have no header: row %(row)s holds values (%(shown)s). Please add "
            "a first row with the names of the columns, such as ID, Name, Level, Office."
        ),
        "unknown_headers": _(
            "None of the column names in row %(row)s is known (%(shown)s). Please name the "
            "columns ID, Name, Level, Office and so on, or give a mapping."
        ),
        "few_headers": _(
            "Only one of the column names in row %(row)s is known (%(shown)s). If these are names "
            "of columns, please give a mapping; if the row holds a person, add a first row with "
            "the names of the columns."
        ),
        "two_headers": _(
            "The table seems to have two header rows, row %(first)s and row %(second)s. Please "
            "keep one header row and remove the other."
        ),
        "too_many_columns": _(
            "The table has %(columns)s columns; at most %(limit)s are read. Please leave out "
            "columns that are not needed."
        ),
        "too_many_rows": _("The table has more than %(limit)s rows. Please split the file."),
        "too_much_text": _(
            "The mapped columns hold more than %(limit)s MB of text. Please map fewer columns, "
            "or leave out the ones with long texts."
        ),
        "too_many_different": _(
            "The column “%(column)s” holds more than %(limit)s different entries, so it seems to "
            "be free text. Please leave it out of the mapping."
        ),
        "line_too_long": _(
            "Line %(line)s is longer than %(limit)s characters, so this does not look like a "
            "table of people. Please check how the file was saved."
        ),
        "cell_too_long": _(
            "A cell near row %(row)s is longer than %(limit)s characters. A quotation mark there "
            "may be missing its partner. Please check that row."
        ),
        "cut_quote": _(
            "The file seems to be cut short: it ends inside a quoted text (row %(row)s). Please "
            "export it again."
        ),
        "cut_row": _(
            "The file seems to be cut short: its last row (%(row)s) is narrower than the header "
            "(%(found)s of %(wanted)s cells). Please export it again."
        ),
        "cut_encoding": _(
            "The file seems to be cut short: it ends inside a character (%(encoding)s). Please "
            "export it again."
        ),
        "cut_workbook": _(
            "The workbook seems to be cut short or damaged. Please save it again and choose the "
            "new file."
        ),
        "bad_workbook": _(
            "The workbook could not be read (%(detail)s). Please open it in a spreadsheet "
            "program, save it again as .xlsx and choose that file."
        ),
        "no_people_sheet": _(
            "No sheet of the workbook holds a table. Please choose a file with a header row and "
            "at least one person."
        ),
        "unknown_sheet": _("The workbook has no sheet “%(sheet)s”. It has: %(allowed)s."),
        "unpacked_too_large": _(
            "Unpacked, the workbook would take %(size)s MB; at most %(limit)s MB are read. "
            "Please save the table as CSV and choose that file."
        ),
        "too_many_entries": _(
            "The workbook is made of %(count)s parts; at most %(limit)s are read. Please save "
            "the table as CSV and choose that file."
        ),
        "zip_bomb": _(
            "The workbook unpacks to more than %(limit)s times its size, which no table of "
            "people does. Please save the table as CSV and choose that file."
        ),
        "workbook_too_large": _(
            "The workbook takes too much memory to read. Please save the table as CSV and choose "
            "that file."
        ),
        "workbook_too_slow": _(
            "The workbook takes longer than %(limit)s seconds to read. Please save the table as "
            "CSV and choose that file."
        ),
        "no_id": _(
            "Nothing tells the people apart: there is no column with an ID, and neither e-mail "
            "addresses nor names are filled in and different for everyone. Please add a column "
            "with an employee ID."
        ),
        "no_pairs": _(
            "The table has a header in row %(row)s and no pairs under it. Please check that the "
            "right file was chosen."
        ),
        "no_mentor_column": _(
            "No column of row %(row)s holds the mentors. It has: %(shown)s. Please name that "
            "column “Mentor”."
        ),
        "no_mentee_column": _(
            "No column of row %(row)s holds the mentees. It has: %(shown)s. Please name that "
            "column “Mentee”."
        ),
        # The mapping
        "mapping_too_long": _("The mapping is longer than %(limit)s characters."),
        "mapping_not_toml": _("The mapping is not valid TOML: %(detail)s."),
        "mapping_key": _(
            "The mapping has a key “%(key)s” that is not known. Allowed are: %(allowed)s."
        ),
        "mapping_value": _("The mapping says %(key)s = “%(value)s”. Allowed is: %(allowed)s."),
        "unknown_encoding": _(
            "The mapping names the encoding “%(encoding)s”, which is not known. Common ones are "
            "utf-8, utf-16 and cp1252."
        ),
        "unknown_header": _(
            "The mapping takes %(field)s from the column “%(value)s”, which the file does not "
            "have. It has: %(allowed)s."
        ),
        "mapped_refused": _(
            "The mapping takes %(field)s from the column “%(value)s”, which is refused. %(reason)s"
        ),
        "unknown_zone": _(
            "The mapping gives the office “%(office)s” the time zone “%(zone)s”, which does not "
            "exist. An example of one is Europe/London."
        ),
        "level_twice": _("The order of the levels names one of them twice: %(levels)s."),
        "level_missing": _(
            "The order of the levels leaves out %(levels)s. Please name every level of the file, "
            "lowest first."
        ),
        "unit_loop": _(
            "These units stand above each other in a circle: %(units)s, in rows %(rows)s. Please "
            "correct the unit above in one of these rows."
        ),
        # Columns
        "unmapped": _("No field of Upwell fits this column, so it is not stored."),
        "second_best": _("Another column fits “%(label)s” better, so this one is not stored."),
        "refused_pay": _("Pay and bank details are never stored."),
        "refused_birth": _("Birth dates and ages are never stored."),
        "refused_home": _("Home addresses are never stored."),
        "refused_health": _("Data on health is never stored."),
        "refused_identity": _("Numbers of identity, tax or insurance documents are never stored."),
        "refused_consent": _("This is taken only from a person’s own answer, given with consent."),
        # Rows
        "too_many_cells": _(
            "Cells in this row: %(found)s, in the header: %(wanted)s. A separator inside "
            "a text may "
            "lack quotation marks."
        ),
        "too_few_cells": _(
            "Cells in this row: %(found)s, in the header: %(wanted)s. The missing ones "
            "are read as "
            "blank."
        ),
        "repeats_header": _("The row repeats the header and is left out."),
        "too_long": _("The value has more than %(limit)s characters and is read as blank."),
        "bad_characters": _("Some characters could not be read in the encoding %(encoding)s."),
        "id_missing": _("The ID is missing, so the row is left out."),
        "id_twice": _("The person stands in row %(row)s already, so this row is left out."),
        "id_shared": _(
            "Row %(row)s gives this ID to somebody else (%(name)s), so this row is left out. "
            "Please check who has it."
        ),
        "no_level": _("The level is missing, so it is unknown."),
        "bad_status": _("The status is not known, so the person counts as still there."),
        "bad_date": _("This is not a date, so it is unknown."),
        "bad_away": _("These are not dates such as 2026-12-24 to 2026-12-31, so they are unknown."),
        "bad_role": _("The role is not mentor, mentee or both, so it is unknown."),
        "bad_zone": _("This is not a time zone such as Europe/London, so it is unknown."),
        "bad_email": _("This is not an e-mail address, so it is unknown."),
        "bad_hours": _("These are not working hours such as 09:00-17:00, so they are unknown."),
        "bad_capacity": _("This is not a whole number from 0 to 50, so it is unknown."),
        "bad_strength": _(
            "A topic’s strength is 1, 2 or 3, so the topics of this row are unknown."
        ),
        "too_many_items": _("The list has more than 50 entries, so it is unknown."),
        "unit_too_deep": _("The path has more than %(limit)s units, so the unit is unknown."),
        "unit_two_parents": _(
            "Another row says that the unit above is “%(parent)s”, and that one counts."
        ),
        "manager_ambiguous": _(
            "Several people go by this, so the manager is unknown. Please use the ID or e-mail "
            "address of one of them (with # the row): %(who)s."
        ),
        "ranked_nobody": _("Nobody here has this ID or name, so the ranking goes on without it."),
        "ranked_several": _(
            "Several people have this name, so the ranking goes on without it. Please use the ID."
        ),
        "ranked_twice": _("The ranking names this person twice; the first place counts."),
        "ranked_self": _("Nobody ranks themselves, so the ranking goes on without this."),
        "pair_without_mentor": _("The mentor is missing, so the row is left out."),
        "pair_without_mentee": _("The mentee is missing, so the row is left out."),
        "pair_of_one": _("Mentor and mentee are one person, so the row is left out."),
        "pair_twice": _("The pair stands in row %(row)s already, so this row is left out."),
        "pair_without_end": _("The row is left out until its end is a day."),
        "pair_ends_first": _("The pair ends before it begins. Put one of the two days right."),
        "bad_pair_state": _("The state is neither current nor former. Write one of the two."),
        # Notices
        "ids_from": _("There is no column with an ID; people are told apart by “%(column)s”."),
        "rows_above": _("Rows above the header in row %(row)s are left out."),
        "encoding_guessed": _(
            "The encoding was guessed as %(encoding)s. If names look wrong, set it in the mapping."
        ),
        "several_sheets": _(
            "The workbook has several sheets; “%(sheet)s” was read. Another can be named in the "
            "mapping."
        ),
        "status_wins": _(
            "The status column decides who is still there. It disagrees with an end date in the "
            "past for some people, counted here: %(count)s."
        ),
        "end_dates_decide": _(
            "There is no status column; people with an end date in the past count as having "
            "left: %(count)s."
        ),
        "date_order_guessed": _(
            "The dates do not tell whether day or month comes first; they were read as "
            "%(order)s. It can be set in the mapping."
        ),
        "levels_unplaced": _("These levels could not be placed and need a look: %(levels)s."),
        "levels_unused": _(
            "The order of the levels names some that nobody in the file has: %(levels)s."
        ),
        "offices_unknown": _(
            "The time zone of these offices is not known: %(offices)s. It can be set in the "
            "mapping."
        ),
        "managers_left": _(
            "Managers named who have left, counted by the people who name them: %(count)s."
        ),
        "managers_outside": _(
            "Managers named who are not in the file, counted by the people who name them: "
            "%(count)s (%(shown)s), in rows %(rows)s."
        ),
        "more_problems": _("Only the first %(limit)s problems are listed."),
    }
)
