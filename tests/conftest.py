from pathlib import Path

import pytest

SHARED_DATA = Path(__file__).parents[2] / "shared" / "data"


@pytest.fixture
def company_file():
    """The real company file, or a loud skip where it is absent."""
    path = SHARED_DATA / "the-company-data" / "CompanyData.txt"
    if not path.exists():
        pytest.skip("THE REAL COMPANY FILE IS ABSENT: this test did not run")
    return path
