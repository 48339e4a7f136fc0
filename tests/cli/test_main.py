import upwell
from upwell.cli.main import main


def test_version_is_printed(capsys):
    status = main(["--version"])

    assert (status, capsys.readouterr().out) == (0, f"upwell {upwell.__version__}\n")
