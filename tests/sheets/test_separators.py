import pytest

from upwell.sheets.separators import declared, separator_of


@pytest.mark.parametrize(
    ("sample", "separator"),
    [
        (["a,b\n", "1,2\n"], ","),
        (["a;b\n", "1,5;2\n", "3,5;4\n"], ";"),
        (["a\tb, c\n", "1\t2\n"], "\t"),
        (["a|b\n", '"x, y"|2\n'], "|"),
        (['"a, b";c\n', '"d, e";f\n'], ";"),
        (["alone\n"], ","),
        ([], ","),
        (['a;"' + "x" * 140_000], ","),
    ],
)
def test_separator_parts_the_lines_evenly(sample, separator):
    assert separator_of(sample) == separator


@pytest.mark.parametrize(
    ("line", "separator"),
    [("sep=;\n", ";"), ("SEP=\t\r\n", "\t"), ("separate\n", ""), ("a,b\n", "")],
)
def test_separator_may_be_declared(line, separator):
    assert declared([line]) == separator
