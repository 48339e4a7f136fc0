import pytest

from upwell.cli.main import main


@pytest.fixture
def type_in(capsys):
    """Runs a command; returns its exit status and what it printed."""

    def run(*words):
        capsys.readouterr()
        status = main(list(words))
        return status, "".join(capsys.readouterr())

    return run
