"""What is said of a result whose policy sets some pairs, or that a repair has kept in part."""

import json

import pytest

TABLE = (
    "ID,Name,Level,Role,Max mentees\n"
    "a1,Ann,Low,mentor,1\na2,Bo,Low,mentor,1\na3,Cem,Low,mentor,1\n"
    "b1,Xia,High,mentee,\nb2,Yan,High,mentee,\nb3,Zoe,High,mentee,\n"
)
PINNED = '[rules]\nlevel_gap = 1\n[pairs]\npin = [["a1", "b2"]]\n'


@pytest.fixture
def pinned(tmp_path, type_in):
    """Matches under a policy that sets one pair; gives table, certificate and words."""

    def run(table=TABLE, *words):
        people, policy, proof = (tmp_path / name for name in ("p.csv", "p.toml", "c.json"))
        people.write_text(table, "utf-8")
        policy.write_text(PINNED, "utf-8")
        files = ["--policy", str(policy), "--certificate", str(proof)]
        _status, told = type_in("match", str(people), "--levels", "Low<High", *files, *words)
        return str(people), str(proof), " ".join(told.split())

    return run


@pytest.mark.parametrize(
    ("words", "claim"),
    [
        ((), "no other choice makes more pairs, and none with as many is better."),
        (
            ("--objective", "fair"),
            "no other choice makes more pairs. None with as many has a better weakest pair. None "
            "with weakest pairs as good has a better total.",
        ),
    ],
)
def test_a_result_with_set_pairs_is_proven_of_those_that_keep_them(pinned, type_in, words, claim):
    people, proof, told = pinned(TABLE, *words)

    _status, again = type_in("verify", proof, people)

    assert f"Proven, of all choices that keep the pair that the policy sets: {claim}" in told
    assert (
        "Proven.\nOf all choices that keep the pair that the policy sets:\nno choice among the "
        in again
    )


def test_stable_pairs_name_the_set_pairs_besides(pinned, type_in):
    people, proof, told = pinned(TABLE, "--objective", "stable")

    _status, again = type_in("verify", proof, people)

    kept = "The pair that the policy sets was kept in any case."
    assert f"Proven: no two people would both rather have each other. {kept}" in told
    assert kept in again


def test_several_places_are_named_with_set_pairs(pinned):
    _people, _proof, told = pinned(TABLE.replace("a1,Ann,Low,mentor,1", "a1,Ann,Low,mentor,2"))

    assert "that the policy sets: no other choice gives more mentees a mentor" in told


@pytest.mark.parametrize("objective", ["total", "fair", "stable"])
@pytest.mark.parametrize("seats", ["1", "2"])
def test_each_sentence_of_a_proof_fits_a_terminal(pinned, type_in, tmp_path, objective, seats):
    table = TABLE.replace("a1,Ann,Low,mentor,1", f"a1,Ann,Low,mentor,{seats}")
    people, proof, _told = pinned(table, "--objective", objective)

    _, matched = type_in("match", people, "--levels", "Low<High", "--objective", objective)
    _, verdict = type_in("verify", proof, people)
    _, explained = type_in("explain", proof, people, "Ann", "Zoe")

    for told in (matched, verdict, explained):
        assert max(map(len, told.splitlines())) <= 100


def test_a_set_pair_and_whoever_is_in_one_are_explained_by_it(pinned, type_in):
    people, proof, _told = pinned()

    _, made = type_in("explain", proof, people, "Ann", "Yan")
    _, not_made = type_in("explain", proof, people, "Ann", "Zoe")

    assert "The policy sets this pair. (A repair sets the pairs that stay.)" in made
    assert "The policy sets that Ann has Yan. (A repair does so, too.)" in not_made


def test_a_repaired_result_is_explained_by_what_it_keeps(pinned, type_in, tmp_path):
    _people, proof, _told = pinned()
    later, after = tmp_path / "later.csv", tmp_path / "after.json"
    later.write_text(TABLE.replace("b1,Xia,High,mentee,\n", ""), "utf-8")
    type_in("repair", proof, str(later), "--certificate", str(after))
    [kept, *_] = [
        pair for pair in json.loads(after.read_text("utf-8"))["pairs"] if "a1" not in pair
    ]

    _, verdict = type_in("verify", str(after), str(later))
    _, made = type_in("explain", str(after), str(later), *kept)

    assert "Of all choices that keep the 2 pairs that the policy sets:\nno choice" in verdict
    assert "The policy sets this pair." in made


def test_stable_pairs_are_explained_by_who_would_not_leave(tmp_path, type_in):
    people, proof = tmp_path / "p.csv", tmp_path / "c.json"
    people.write_text(
        "ID,Name,Level,Role,Topics offered,Topics wanted\n"
        "a1,Ann,Low,mentor,AI:1; Law:3,\na2,Bo,Low,mentor,AI:1,\n"
        "b1,Xia,High,mentee,,AI; Law\nb2,Yan,High,mentee,,Law\n",
        "utf-8",
    )
    policy = tmp_path / "p.toml"
    policy.write_text("[rules]\nlevel_gap = 1\n[preferences]\ntopics = 50\n", "utf-8")
    words = ["--policy", str(policy), "--levels", "Low<High", "--objective", "stable"]
    type_in("match", str(people), *words, "--certificate", str(proof))
    pairs = json.loads(proof.read_text("utf-8"))["pairs"]

    _, made = type_in("explain", str(proof), str(people), "Ann", "Yan")
    _, not_made = type_in("explain", str(proof), str(people), "Ann", "Xia")

    assert pairs == [["a1", "b2"], ["a2", "b1"]]
    assert "Neither can get anybody whom they would rather have." in made
    assert "Ann would not leave whom they have for Xia." in not_made
    assert "Xia would not leave" not in not_made
