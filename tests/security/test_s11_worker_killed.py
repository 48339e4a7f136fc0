"""Proof S11: a worker killed at any moment loses nothing, and repeats only what it must.

Two workers run at once; one after the other is killed with SIGKILL, its whole process group, while
transactions write messages and long jobs. UPWELL_PROVE_KILLS sets how often (50).
"""

from tests.security.proving import prove, said

PROGRAM = "tests.security.killed"


def test_nothing_is_lost_and_repeats_can_be_told(url, tell):
    counts = prove(PROGRAM, url)

    tell(said(url.partition(":")[0], counts))
    assert counts["lost"] == counts["unknown"] == counts["left_sending"] == 0
    assert counts["repeats"] <= min(counts["cut_off"], counts["kills"])
    assert counts["repeated_elsewhere"] == 0
    assert counts["jobs_lost"] == counts["jobs_doubled"] == 0
    assert counts["has_ended"]
    assert counts["messages"] > counts["kills"] and counts["rolled_back"] and counts["jobs"]
    assert counts["cut_off"] > 0


def test_without_claims_and_leases_the_proof_fails(url, tell):
    counts = prove(PROGRAM, url, PROOF_UNGUARDED="true", UPWELL_PROVE_KILLS="4")

    tell(said(f"{url.partition(':')[0]}, unguarded", counts))
    assert counts["repeats"] > counts["cut_off"]
    assert counts["jobs_doubled"] > 0
