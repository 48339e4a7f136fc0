import csv
import io

import pytest

from upwell.sheets import read_people


@pytest.fixture
def make_file(tmp_path):
    """Writes a file of the given text or bytes, and gives its path."""

    def make(content, name="people.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return make


@pytest.fixture
def read(make_file):
    """Reads rows given as lists, the first of them the header."""

    def read_rows(*rows, **options):
        target = io.StringIO()
        csv.writer(target).writerows(rows)
        return read_people(make_file(target.getvalue()), **options)

    return read_rows


@pytest.fixture
def read_text(make_file):
    """Reads a text as it is."""

    def read(content, encoding="utf-8", **options):
        return read_people(make_file(content, encoding=encoding), **options)

    return read
