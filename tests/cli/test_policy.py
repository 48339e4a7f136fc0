from upwell.cli.main import main
from upwell.policy import Policy


def test_the_example_is_the_shipped_policy_with_comments(capsys):
    status = main(["policy", "--example"])

    text = capsys.readouterr().out
    assert status == 0
    assert text.startswith("# ")
    assert Policy.from_toml(text) == Policy()


def test_a_policy_of_ones_own_is_checked(tmp_path, capsys):
    path = tmp_path / "p.toml"
    path.write_text("[rules]\nlevel_gap = 3\n")

    assert main(["policy", str(path)]) == 0
    assert capsys.readouterr().out == f"{path} is a policy that can be used.\n"


def test_a_wrong_policy_is_refused_by_its_key(tmp_path, capsys):
    path = tmp_path / "p.toml"
    path.write_text("[rules]\nlevel_gapp = 3\n")

    assert main(["policy", str(path)]) == 2
    assert "rules.level_gapp" in capsys.readouterr().err


def test_one_or_the_other_must_be_asked_for(capsys):
    assert main(["policy"]) == 2
    assert "Say --example" in capsys.readouterr().err
