import json

HEADER = "ID,Name,Level,Role,Max mentees,Max mentors,Shoe size,Salary\n"


def test_each_role_has_its_own_column_of_places(type_in, tmp_path):
    table, summary = tmp_path / "people.csv", tmp_path / "s.json"
    rows = "a,Ann,1,mentor,2,0,,\nb,Bo,4,mentee,0,1,,\nc,Cem,4,mentee,0,1,,\n"
    table.write_text(HEADER + rows, "utf-8")

    status, _told = type_in("match", str(table), "--levels", "1<2<3<4", "--json", str(summary))

    assert status == 0
    assert json.loads(summary.read_text("utf-8"))["pairs"] == 2


def test_columns_that_are_not_used_are_named_with_why(type_in, tmp_path):
    table = tmp_path / "people.csv"
    table.write_text(HEADER + "a,Ann,1,mentor,1,,43,9\nb,Bo,4,mentee,,1,44,9\n", "utf-8")

    _status, told = type_in("match", str(table))

    assert "Columns not understood, so not used: Shoe size (--preview says more)" in told
    assert "Columns refused, and never stored: Salary" in told


def test_columns_that_a_mapping_leaves_out_are_not_named(type_in, tmp_path):
    table, mapping = tmp_path / "people.csv", tmp_path / "mapping.toml"
    table.write_text(HEADER + "a,Ann,1,mentor,1,,43,9\nb,Bo,4,mentee,,1,44,9\n", "utf-8")
    mapping.write_text('[columns]\nid = "ID"\nlevel = "Level"\nrole = "Role"\n', "utf-8")

    _status, told = type_in("match", str(table), "--mapping", str(mapping))

    assert "Columns not understood" not in told
