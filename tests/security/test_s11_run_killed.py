"""Proof S11, of match runs: a worker killed at any moment leaves a run whole or not begun.

UPWELL_PROVE_KILLS sets how often (50). Each run is killed up to four times, then finished.
"""

from tests.security.proving import prove, said


def test_a_killed_run_is_computed_once_in_effect(url, tell):
    counts = prove("tests.security.killed_runs", url)

    tell(said(f"runs, {url.partition(':')[0]}", counts))
    assert (counts["wrong"], counts["half"], counts["results"]) == ([], 0, 1)
    assert counts["kills"] >= counts["in_time"] > counts["kills"] // 2
