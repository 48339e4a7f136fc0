import csv
import json
from collections import Counter

import pytest

from upwell.cli.main import main
from upwell.demo import generate, write_csv
from upwell.matching.document import digest


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    """A made-up organization as a spreadsheet, and the certificate of its pairs."""
    folder = tmp_path_factory.mktemp("before")
    table, certificate = folder / "people.csv", folder / "c.json"
    write_csv(generate(120, seed=3), table)
    main(["match", str(table), "--certificate", str(certificate)])
    return table, certificate


def read_json(path):
    return json.loads(path.read_text("utf-8"))


def without(table, path, leavers):
    """The spreadsheet less some of its rows."""
    with table.open(encoding="utf-8-sig", newline="") as source:
        rows = [row for row in csv.reader(source) if row[0] not in leavers]
    with path.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows(rows)
    return path


def rewritten(certificate, path, **changes):
    """The certificate with other entries, under a digest that fits."""
    body = read_json(certificate) | changes
    path.write_text(json.dumps(body | {"certificate_digest": digest(body)}), "utf-8")
    return path


def repair(*words):
    return main(["repair", *map(str, words)])


def test_only_the_pairs_of_leavers_change(before, tmp_path, capsys):
    table, certificate = before
    stood = read_json(certificate)["pairs"]
    (mentor, mentee), summary = stood[0], tmp_path / "s.json"

    status = repair(certificate, table, "--leavers", mentor, "--json", summary)

    told, found = capsys.readouterr().out, read_json(summary)
    assert status == 0
    assert "1 pair is no longer possible. All others stay as they are.\nProven: " in told
    assert found["lost"] == [[mentor, mentee]]
    assert all(pair in found["pairs"] for pair in stood[1:])
    (change,) = [each for each in found["changes"] if each["mentee"] == mentee]
    assert change["before"] == [mentor]
    assert f"({change['now'][0]}) → " in told and f"({mentee}), instead of " in told


def test_leavers_are_named_with_any_separator_and_by_name(before, tmp_path):
    table, certificate = before
    with table.open(encoding="utf-8-sig", newline="") as source:
        names = {row[0]: f"{row[1]} {row[2]}" for row in csv.reader(source)}
    pairs, several = read_json(certificate)["pairs"], Counter(names.values())
    (first, _), (_, second) = stood = [pair for pair in pairs if several[names[pair[0]]] == 1][:2]
    name, summary = names[first], tmp_path / "s.json"

    repair(certificate, table, "--leavers", f"{name};{second.lower()}", "--json", summary)

    assert read_json(summary)["lost"] == stood


def test_the_people_of_another_organization_are_refused(before, tmp_path, capsys):
    table, certificate = before
    text = table.read_text("utf-8-sig")
    renamed, other = tmp_path / "renamed.csv", tmp_path / "other.csv"
    renamed.write_text(text.replace("E00", "X00"), "utf-8")
    write_csv(generate(120, seed=8), other)

    answers = [(repair(certificate, path), capsys.readouterr().err) for path in (renamed, other)]

    assert [status for status, _told in answers] == [2, 2]
    assert "people in these pairs are not in the file. Is it a file of the same" in answers[0][1]
    assert "do not take part in their roles any more" in answers[1][1]
    assert all("add --anyway" in told for _status, told in answers)


def test_the_loss_of_most_people_can_be_meant(before, tmp_path):
    table, certificate = before
    stood = read_json(certificate)["pairs"]
    gone = {person for couple in stood[1:] for person in couple}
    later, summary = without(table, tmp_path / "later.csv", gone), tmp_path / "s.json"

    status = repair(certificate, later, "--anyway", "--json", summary)

    assert status == 0
    assert read_json(summary)["lost"] == stood[1:]


def test_who_is_missing_from_the_file_has_left(before, tmp_path):
    table, certificate = before
    leaver = read_json(certificate)["pairs"][-1][0]
    later = without(table, tmp_path / "later.csv", {leaver})
    named, missing = tmp_path / "1.json", tmp_path / "2.json"

    repair(certificate, table, "--leavers", leaver, "--json", named)
    repair(certificate, later, "--json", missing)

    keys = ("lost", "chosen", "changes", "pairs")
    assert [read_json(named)[key] for key in keys] == [read_json(missing)[key] for key in keys]


def test_its_certificate_is_proven_from_the_new_file_alone(before, tmp_path, capsys):
    table, certificate = before
    leavers = {read_json(certificate)["pairs"][1][0], read_json(certificate)["pairs"][2][1]}
    later = without(table, tmp_path / "later.csv", leavers)
    summary, proof, out = tmp_path / "s.json", tmp_path / "c.json", tmp_path / "pairs.csv"

    repair(certificate, later, "--certificate", proof, "--json", summary, "--out", out)

    pairs = read_json(proof)["pairs"]
    assert main(["verify", str(proof), str(later)]) == 0
    assert pairs == read_json(summary)["pairs"]
    assert len(out.read_text("utf-8-sig").splitlines()) == len(pairs) + 1


def test_the_curve_ascends_and_the_chosen_option_is_within_the_limit(before, tmp_path, capsys):
    table, certificate = before
    stood = read_json(certificate)["pairs"]
    worse = [[a, d] for (a, _b), (_c, d) in zip(stood, stood[1:] + stood[:1], strict=True)]
    shuffled, summary = (
        rewritten(certificate, tmp_path / "w.json", pairs=worse),
        tmp_path / "s.json",
    )

    repair(shuffled, table, "--max-moved", "2", "--json", summary)

    found = read_json(summary)
    moved = [option["moved"] for option in found["options"]]
    ranks = [(option["mentees"], option["value"]) for option in found["options"]]
    assert len(moved) > 2 and moved == sorted(set(moved)) and ranks == sorted(set(ranks))
    assert found["chosen"]["moved"] <= found["chosen"]["limit"] == 2
    assert found["options"][-1]["value"] == read_json(certificate)["value"]
    assert "that could stay change" in capsys.readouterr().out


@pytest.mark.parametrize(
    "changes",
    [{"t": None}, {"t": 2**70}, {"prices": {"E00001": "x"}}, {"first": []}, {"prices": 0}],
)
def test_prices_that_cannot_be_used_change_nothing(before, tmp_path, changes):
    table, certificate = before
    odd = rewritten(certificate, tmp_path / "odd.json", **changes)
    plain, other = tmp_path / "1.json", tmp_path / "2.json"

    repair(certificate, table, "--max-moved", "3", "--json", plain)
    repair(odd, table, "--max-moved", "3", "--json", other)

    assert plain.read_bytes() == other.read_bytes()


def test_a_pin_of_a_leaver_is_lost_and_other_pins_stay(before, tmp_path):
    table, certificate = before
    body = read_json(certificate)
    pins = body["pairs"][:2]
    policy = body["policy"] | {"pairs": body["policy"]["pairs"] | {"pin": pins}}
    pinned, summary = (
        rewritten(certificate, tmp_path / "p.json", policy=policy),
        tmp_path / "s.json",
    )

    status = repair(pinned, table, "--leavers", pins[0][1], "--json", summary)

    found = read_json(summary)
    assert status == 0
    assert pins[1] in found["pairs"]
    assert found["lost"] == [pins[0]]


def repaired_peers(tmp_path, people, stood):
    """What becomes of pairs among people, "id,role" each, most of whom could be either."""
    table, policy = tmp_path / "peers.csv", tmp_path / "peers.toml"
    table.write_text("\n".join(["ID,Name,Role", *(f"{one[0]},{one}" for one in people)]), "utf-8")
    policy.write_text("[rules]\nlevel_gap = 0\n", "utf-8")
    certificate, summary = tmp_path / "peers.json", tmp_path / "s.json"
    main(["match", str(table), "--policy", str(policy), "--certificate", str(certificate)])
    changed = rewritten(certificate, tmp_path / "changed.json", pairs=stood)
    assert repair(changed, table, "--json", summary, "--max-moved", 0) == 0
    return read_json(summary)


def test_pairs_stay_when_others_who_could_be_either_have_left(tmp_path):
    """Of A, D and E alone, A would mentor D."""
    found = repaired_peers(tmp_path, ["A,both", "D,both", "E,both"], [["D", "A"]])

    assert found["lost"] == []
    assert ["D", "A"] in found["pairs"]


def test_the_figures_are_those_of_the_pairs_that_are_made(tmp_path):
    """A, who would mentor B, mentors Z: so B mentors A."""
    found = repaired_peers(tmp_path, ["A,both", "B,both", "Z,mentee"], [["A", "Z"]])

    assert sorted(found["pairs"]) == [["A", "Z"], ["B", "A"]]
    assert (found["chosen"]["pairs"], found["chosen"]["proven"]) == (2, True)
    assert [option["pairs"] for option in found["options"]] == [2]


def test_new_rules_apply(before, tmp_path):
    table, certificate = before
    couple, summary, policy = read_json(certificate)["pairs"][0], *map(tmp_path.joinpath, "sp")
    policy.write_text(f"[pairs]\nkeep_apart = [{json.dumps(couple)}]\n", "utf-8")

    repair(certificate, table, "--policy", policy, "--json", summary)

    assert read_json(summary)["lost"] == [couple]
    assert couple not in read_json(summary)["pairs"]


def test_a_repair_of_fair_pairs_says_that_it_is_for_the_total(before, tmp_path, capsys):
    table, certificate = before
    policy = read_json(certificate)["policy"] | {"objective": "fair"}

    repair(rewritten(certificate, tmp_path / "f.json", policy=policy), table)

    assert "A repair is for the best total" in capsys.readouterr().out


def test_leavers_nobody_knows_are_refused_by_name(before, capsys):
    table, certificate = before

    status = repair(certificate, table, "--leavers", "X1,E00001,X2")

    told = capsys.readouterr()
    assert (status, told.out) == (2, "")
    assert told.err == (
        "upwell repair: Nobody in the file has the ID, e-mail address or name “X1”. "
        "Nobody in the file has the ID, e-mail address or name “X2”.\n"
    )


def test_a_certificate_is_not_written_over_people_who_are_still_in_the_file(
    before, tmp_path, capsys
):
    table, certificate = before

    status = repair(certificate, table, "--leavers", "E00001", "--certificate", tmp_path / "n.json")

    assert status == 2
    assert "(E00001)\n" in capsys.readouterr().err
    assert not (tmp_path / "n.json").exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kind": "scores"}, "Only pairs of people can be repaired"),
        ({"private_requests": True}, "Some people have asked in private to be kept apart"),
        ({"pairs": 5}, "pairs must be a list"),
        ({"policy": None}, "policy"),
    ],
    ids=["matrix", "private", "pairs", "policy"],
)
def test_what_cannot_be_repaired_is_refused(before, tmp_path, capsys, changes, sentence):
    table, certificate = before

    status = repair(rewritten(certificate, tmp_path / "r.json", **changes), table)

    assert status == 2
    assert sentence in capsys.readouterr().err


def test_a_changed_certificate_is_refused(before, tmp_path, capsys):
    table, certificate = before
    changed = tmp_path / "changed.json"
    changed.write_text(json.dumps(read_json(certificate) | {"K": 1}), "utf-8")

    assert repair(changed, table) == 2
    assert "its digest does not fit" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [["--max-moved", "-1"], ["--out", "p.pdf"], ["--json", "c.json"], ["--json", "people.csv"]],
    ids=" ".join,
)
def test_words_that_do_not_fit_are_refused(before, words, capsys, monkeypatch):
    monkeypatch.chdir(before[0].parent)

    assert repair("c.json", "people.csv", *words) == 2
    assert capsys.readouterr().err.startswith("upwell repair: ")
