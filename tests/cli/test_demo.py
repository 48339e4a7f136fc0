import json

from upwell.cli.main import main


def test_the_demo_leaves_a_table_pairs_and_a_certificate_that_holds(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    status = main(["demo", "--no-serve", "--people", "150"])

    folder = tmp_path / "var" / "demo"
    told = capsys.readouterr().out
    assert status == 0
    assert "Proven:" in told
    assert sorted(path.name for path in folder.iterdir()) == [
        "certificate.json",
        "pairs.xlsx",
        "people.csv",
        "summary.json",
    ]
    assert json.loads((folder / "summary.json").read_text())["gap"] == 0
    certificate = str(folder / "certificate.json")
    assert main(["verify", certificate, str(folder / "people.csv")]) == 0
