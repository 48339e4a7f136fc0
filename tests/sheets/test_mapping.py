import pytest
from hypothesis import given
from hypothesis import strategies as st

from upwell.sheets import Mapping, Place, SheetError
from upwell.sheets.fields import FIELDS

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
filled = text.filter(bool)
mappings = st.builds(
    Mapping,
    columns=st.dictionaries(st.sampled_from(FIELDS), text, max_size=5),
    level_order=st.lists(text, max_size=4).map(tuple),
    present=st.lists(text, max_size=3).map(tuple),
    left=st.lists(text, max_size=3).map(tuple),
    offices=st.dictionaries(filled, st.builds(Place, zone=text, region=text), max_size=3),
    date_order=st.sampled_from(["", "dmy", "mdy", "ymd"]),
    encoding=text,
    separator=text,
    sheet=text,
)


@given(mappings)
def test_toml_gives_back_the_same_mapping(mapping):
    assert Mapping.from_toml(mapping.to_toml()) == mapping


def test_toml_is_written_for_people():
    mapping = Mapping(columns={"id": "Nr."}, left=("0",), offices={"SanFran": Place("UTC")})

    assert mapping.to_toml() == (
        '[columns]\nid = "Nr."\n\n[values]\nleft = ["0"]\n\n'
        '[offices."SanFran"]\nzone = "UTC"\nregion = ""\n'
    )


@pytest.mark.parametrize(
    ("toml", "code", "named"),
    [
        ("x = 1", "mapping_key", "“x”"),
        ('[columns]\nshoe = "Shoe"', "mapping_key", "“columns.shoe”"),
        ("[columns]\nid = 3", "mapping_value", "columns.id = “3”"),
        ('date_order = "myd"', "mapping_value", "dmy, mdy, ymd"),
        ("[levels]\norder = 1", "mapping_value", "levels.order"),
        ("[levels]\nother = []", "mapping_key", "levels.other"),
        ('[values]\nleft = ["a", 1]', "mapping_value", "values.left"),
        ("columns = 1", "mapping_value", "columns = “1”"),
        ("[offices]\nx = 1", "mapping_value", "offices.x"),
        ('[offices.x]\nname = "y"', "mapping_key", "offices.x.name"),
        ("[", "mapping_not_toml", "TOML"),
        pytest.param("sheet = " + "9" * 5_000, "mapping_not_toml", "TOML", id="many digits"),
        pytest.param("sheet = 0x" + "9" * 5_000, "mapping_value", "sheet = “…”", id="many hex"),
        pytest.param("sheet = " + "[" * 5_000, "mapping_not_toml", "TOML", id="many brackets"),
        ("#" * 1_000_001, "mapping_too_long", "1,000,000"),
    ],
)
def test_wrong_toml_is_refused_and_named(toml, code, named):
    with pytest.raises(SheetError) as caught:
        Mapping.from_toml(toml)

    assert caught.value.message.code == code
    assert named in str(caught.value)
