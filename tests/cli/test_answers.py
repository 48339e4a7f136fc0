import pytest

from upwell.cli import answers
from upwell.cli.site import RefusedError


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"\x89PNG\r\n\x1a\n", "logo.png"),
        (b"\xff\xd8\xff\xe0", "logo.jpg"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "logo.webp"),
    ],
)
def test_a_logo_is_taken_by_its_content_whatever_it_is_called(tmp_path, content, name):
    picture = tmp_path / "picture.svg"
    picture.write_bytes(content + bytes(20))

    taken = answers.take_logo(picture, tmp_path)

    assert taken == name
    assert (tmp_path / name).read_bytes() == picture.read_bytes()


@pytest.mark.parametrize(
    "content", [b"<svg onload='alert(1)'></svg>", b"\x89PNG\r\n\x1a\n" + bytes(513 * 1024), b""]
)
def test_what_is_no_picture_or_too_large_is_refused(tmp_path, content):
    picture = tmp_path / "logo.png"
    picture.write_bytes(content)
    data = tmp_path / "data"
    data.mkdir()

    with pytest.raises(RefusedError, match=r"logo\.png"):
        answers.take_logo(picture, data)

    assert list(data.iterdir()) == []


def test_a_private_file_that_fails_leaves_nothing(tmp_path):
    path = tmp_path / "upwell.env"

    with pytest.raises(OSError, match="full"), answers.private_file(path, {"UPWELL_URL": "x"}):
        raise OSError("full")

    assert list(tmp_path.iterdir()) == []
