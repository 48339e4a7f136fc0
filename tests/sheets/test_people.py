from upwell.sheets import People


def test_people_of_one_name_are_told_apart_by_their_ids():
    people = People(ids=("1", "2", "3"), names=("Ann Nair", "Ben Reed", "Ann Nair"))

    assert people.names_apart == ("Ann Nair (1)", "Ben Reed", "Ann Nair (3)")
