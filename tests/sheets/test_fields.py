import pytest

from upwell.sheets.fields import BY_KEY, FIELDS, field_of


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("EmployeeID", "id"),
        ("employee_id", "id"),
        ("Personalnummer", "id"),
        ("Personnel no.", "id"),
        ("Personnel no", "id"),
        ("Personnel #", "id"),
        ("Personal-Nr.", "id"),
        ("Pers.-Nr.", "id"),
        ("Staff no.", "id"),
        ("Employee no.", "id"),
        ("Employee #", "id"),
        ("MA-Nr.", "id"),
        ("N° d'employé", "id"),
        ("Full Name", "name"),
        ("First_Name", "first_name"),
        ("Prénom", "first_name"),
        ("Apellidos", "last_name"),
        ("E-Mail", "email"),
        ("Employee Work Email", "email"),
        ("Job Level", "level"),
        ("LevelName", "level"),
        ("Stellenbezeichnung", "title"),
        ("Department Code", "unit"),
        ("Standort", "office"),
        ("Time zone", "zone"),
        ("Line Manager Email", "manager"),
        ("Vorgesetzte/r", "manager"),
        ("Führungskraft E-Mail", "manager"),
        ("E-Mail der Führungskraft", "manager"),
        ("Personalnummer Vorgesetzter", "manager"),
        ("Manager's personnel no.", "manager"),
        ("Correo del jefe", "manager"),
        ("Matrix manager e-mail", "dotted"),
        ("Manager title", None),
        ("Personal e-mail", None),
        ("Active Status", "status"),
        ("Max pairs", "capacity"),
        ("Max mentees", "max_mentees"),
        ("Number of mentees", "max_mentees"),
        ("Max. mentors", "max_mentors"),
        ("Maximum number of mentors", "max_mentors"),
        ("Wishes", "ranked"),
        ("Preferred mentors", "ranked"),
        ("Preferred name", "name"),
        ("Wunschmentoren", "ranked"),
        ("Termination_Date", "end_date"),
        ("Home e-mail", None),
        ("Favorite color", None),
        ("", None),
    ],
)
def test_header_names_a_field(header, field):
    found = field_of(header)

    assert (found and found[0]) == field


def test_better_spelling_has_the_lower_rank():
    assert field_of("Work email")[1] < field_of("Mail")[1] < field_of("Employee mail")[1]


def test_address_of_a_manager_is_better_than_a_name():
    assert field_of("Führungskraft E-Mail")[1] < field_of("Führungskraft")[1]


def test_every_field_has_spellings():
    assert {field for field, _ in BY_KEY.values()} == set(FIELDS)
