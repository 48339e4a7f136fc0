import numpy as np
import pytest

from upwell.cli.scores import ScoresError, read_scores
from upwell.matching.criteria import MATRIX_FORBIDDEN


def read(path, text, **options):
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    problem, scale, notes = read_scores(path, **{"minimize": False} | options)
    return problem.criteria[0].scores.tolist(), scale.factor, notes


@pytest.mark.parametrize("text", ["1,2\n3,\n", "1;2\r\n3;\r\n", "1\t2\n3\t \n", "\ufeff1,2\n3,\n"])
def test_a_blank_cell_forbids_its_pair(tmp_path, text):
    assert read(tmp_path / "m.csv", text) == ([[1, 2], [3, MATRIX_FORBIDDEN]], 1, ())


def test_one_column_may_have_blank_lines(tmp_path):
    assert read(tmp_path / "m.csv", "1\n\n3\n")[0] == [[1], [MATRIX_FORBIDDEN], [3]]


def test_costs_are_negative_scores(tmp_path):
    assert read(tmp_path / "m.csv", "1,\n3,4\n", minimize=True)[0] == [
        [-1, MATRIX_FORBIDDEN],
        [-3, -4],
    ]


def test_decimals_are_scaled_and_said_so(tmp_path):
    assert read(tmp_path / "m.csv", "0.25,1\n-3.5,1e2\n") == (
        [[25, 100], [-350, 10_000]],
        100,
        ("Decimals are exact: scores were multiplied by 100.",),
    )


def test_more_decimals_than_are_kept_are_rounded_and_said_so(tmp_path):
    assert read(tmp_path / "m.csv", "40000.12345678\n") == (
        [[40_000_123_457]],
        1_000_000,
        ("Scores were rounded to 6 decimals.",),
    )


def test_small_decimals_stay_exact(tmp_path):
    assert read(tmp_path / "m.csv", "0.0000000001,0.5\n")[:2] == ([[1, 5 * 10**9]], 10**10)


@pytest.mark.parametrize("dtype", [np.int64, np.uint8, np.float32, np.float64, bool])
def test_an_array_file_is_read(tmp_path, dtype):
    path = tmp_path / "m.npy"
    np.save(path, np.array([[1, 0], [0, 1]], dtype))

    problem, _, _ = read_scores(path, minimize=False)

    assert problem.criteria[0].scores.tolist() == [[1, 0], [0, 1]]


def test_not_a_number_in_an_array_forbids_its_pair(tmp_path):
    path = tmp_path / "m.npy"
    np.save(path, np.array([[1.5, np.nan]]))

    problem, scale, _ = read_scores(path, minimize=False)

    assert (problem.criteria[0].scores.tolist(), scale.factor) == ([[15, MATRIX_FORBIDDEN]], 10)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "is empty"),
        ("a,b\n1,2\n", "Row 1, column 1 holds 'a', which is no number."),
        ("1,2\n3,x4\n", "Row 2, column 2 holds 'x4', which is no number."),
        ("1,2\n3\n", "Row 2 has 1 cells, row 1 has 2."),
        ("1,inf\n", "Row 1, column 2 is infinite."),
        ("1,-inf\n", "Row 1, column 2 is infinite."),
        ("99999999999999\n", "is too large"),
        (b"\xff\xfe\x00", "is not a CSV file of numbers"),
        ('1,"2\n', "is not a CSV file of numbers"),
    ],
)
def test_what_is_no_matrix_is_refused_with_the_place(tmp_path, text, sentence):
    with pytest.raises(ScoresError) as refusal:
        read(tmp_path / "m.csv", text)

    assert sentence in str(refusal.value)


@pytest.mark.parametrize("values", [[1, 2], [[[1]]], [["a"]], [[1j]]])
def test_an_array_of_another_kind_is_refused(tmp_path, values):
    path = tmp_path / "m.npy"
    np.save(path, np.array(values))

    with pytest.raises(ScoresError, match="one table of numbers"):
        read_scores(path, minimize=False)


@pytest.mark.parametrize("data", [b"", b"\x93NUMPY", b"not an array"])
def test_a_broken_array_file_is_refused(tmp_path, data):
    path = tmp_path / "m.npy"
    path.write_bytes(data)

    with pytest.raises(ScoresError, match="no array that NumPy can read"):
        read_scores(path, minimize=False)
