"""What proofs count, shown once all are over: also where other processes have run them."""

import pytest

KEY = "counts"


@pytest.fixture
def tell(request):
    """Says what a proof has counted; told before it is judged, a failure shows it, too."""
    return lambda text: request.node.user_properties.append((KEY, text))


def pytest_terminal_summary(terminalreporter):
    reports = [report for some in terminalreporter.stats.values() for report in some]
    told = sorted(counts for report in reports for counts in counts_of(report))
    if told:
        terminalreporter.section("counts")
    for _test, _place, text in told:
        terminalreporter.write_line(text)


def counts_of(report):
    """Each text that a test told, after the test's name and the text's place."""
    if getattr(report, "when", "") == "call":
        for place, (key, text) in enumerate(report.user_properties):
            if key == KEY:
                yield report.nodeid, place, text
