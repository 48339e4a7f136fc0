"""A file with two people who report to each other, repaired on the way into the directory."""

import re

from playwright.sync_api import expect

PEOPLE = (
    "Employee ID,Name,Level,Manager ID\n"
    "E1,Ada Fern,VP,E2\nE2,Ben Reed,Director,E1\nE3,Cleo Marsh,Associate,E2\n"
)


def test_a_loop_among_managers_is_repaired_before_the_file_comes_in(
    installation, manager, tmp_path
):
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE)
    upload(manager, installation.url, path)
    main = manager.get_by_role("main")
    expect(main).to_contain_text("1 loop among managers")

    row = main.get_by_role("row").filter(has_text="Ada Fern").filter(has=manager.locator("select"))
    row.get_by_role("combobox").first.select_option(label="Leave this line out")
    manager.get_by_role("button", name="Look at it with these lines").click()
    expect(main).not_to_contain_text("loop among managers")
    manager.get_by_role("button", name="Bring them in").click()

    expect(manager).to_have_url(re.compile("imported="), timeout=120_000)
    manager.goto(f"{installation.url}/people/?q=Ada")
    main.get_by_role("link", name="Ada Fern").click()
    expect(main).not_to_contain_text("Ben Reed")


def upload(page, url, path):
    page.goto(f"{url}/people/import/")
    page.get_by_label("File", exact=True).set_input_files(path)
    page.get_by_role("radio", name="part").check()
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_role("button", name="Bring them in")).to_be_visible(timeout=120_000)
