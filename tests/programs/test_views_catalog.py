"""The pages of the catalog: to read for everybody, to look after for program managers."""

import pytest
from django.urls import reverse

from tests.factories import make_cohort, make_enrollment, make_manager, make_person, make_topic
from tests.programs.test_views_participants import said
from upwell.programs import services
from upwell.programs.forms import TopicForm
from upwell.programs.models import Topic, TopicName
from upwell.programs.services.catalog import values_of

pytestmark = pytest.mark.django_db
LIST = reverse("programs:topic_list")
ADD = reverse("programs:topic_add")
FORM = {
    "name": "Board games",
    "also": "Chess\n  chess \nGo",
    "group": "wellbeing",
    "language": "en",
    "description": "What a table teaches.",
    "questions": "Which game?\n\nWho wins?",
    "activities": "Play one.",
    "reading": "First.\n\nSecond.",
}


def url(name, topic):
    return reverse(f"programs:topic_{name}", args=[topic.public_id])


def html(client, address, **headers):
    return client.get(address, headers=headers).content.decode()


def in_catalog(name, **fields):
    return make_topic(name, group="wellbeing", language="en", **fields)


@pytest.fixture
def participant(client):
    enrollment = make_enrollment(role="mentee")
    client.force_login(enrollment.person)
    return enrollment


@pytest.mark.parametrize("count", [1, 3])
def test_list_makes_the_same_queries_for_any_number(
    client, manager, count, django_assert_num_queries
):
    cohort = make_cohort(manager)
    for number in range(count):
        in_catalog(f"Topic {number}")
        enrollment = make_enrollment(cohort)
        services.set_topics(enrollment, wanted=[f"Topic {number}"], by=manager)

    with django_assert_num_queries(9):
        page = html(client, LIST)

    assert page.count("Wanted by 1, offered by 0 in your cohorts") == count


def test_counts_are_of_cohorts_that_the_manager_runs(client, manager):
    topic = in_catalog("Board games")
    services.set_topics(make_enrollment(), wanted=["Board games"], by=manager)
    own = make_cohort(manager)
    services.set_topics(make_enrollment(own), wanted=["Board games"], by=manager)
    make_enrollment(own, person=manager)

    assert "in your cohorts" not in html(client, LIST)
    assert client.get(topic.get_absolute_url()).context["use"].wanted == 0


def test_list_shows_what_is_offered_group_by_group(client, participant):
    in_catalog("Board games")
    make_topic("Prompts", group="artificial_intelligence")
    in_catalog("Old hat", is_archived=True)
    make_topic("Somebody’s own")

    response = client.get(LIST)

    assert [
        (one.code, [row.topic.name for row in one.rows]) for one in response.context["sections"]
    ] == [("artificial_intelligence", ["Prompts"]), ("wellbeing", ["Board games"])]
    assert "2 topics to talk about" in response.content.decode()
    assert "Add a topic" not in response.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=CHESS", ["Board games"]),
        ("?q=table+board", ["Board games"]),
        ("?q=own", ["Somebody’s own"]),
        ("?group=unfiled", ["Somebody’s own"]),
        ("?group=archived", ["Old hat"]),
        ("?group=inclusion", []),
        ("?group=nonsense", ["Board games", "Prompts"]),
    ],
)
def test_a_manager_narrows_the_list(client, manager, query, found):
    in_catalog("Board games", also=["Chess"], description="What a table teaches.")
    in_catalog("Prompts")
    in_catalog("Old hat", is_archived=True)
    make_topic("Somebody’s own")

    sections = client.get(LIST + query).context["sections"]

    assert [row.topic.name for one in sections for row in one.rows] == found


def test_a_participant_finds_no_name_that_only_others_gave(client, participant):
    others, own = make_topic("Only others"), make_topic("Mine")
    services.set_topics(participant, wanted=["Mine"], by=make_manager())

    sections = client.get(f"{LIST}?q=m").context["sections"]

    assert [row.topic for one in sections for row in one.rows] == [own]
    assert client.get(own.get_absolute_url()).status_code == 200
    assert client.get(others.get_absolute_url()).status_code == 404
    assert client.get(f"{LIST}?group=unfiled").context["form"].chosen == ""


def test_an_empty_catalog_offers_to_be_filled(client, manager):
    page = html(client, LIST)

    response = client.post(reverse("programs:catalog_bring"))

    assert "Bring them in" in page
    assert response["Location"] == LIST
    assert said(response) == ["Topics added: 60."]
    assert Topic.objects.offered().count() == 60


def test_a_participant_reads_a_topic_with_one_next_step(client, participant):
    services.bring_in_catalog()
    topic = Topic.objects.get(name="Short video")

    page = html(client, topic.get_absolute_url())

    assert "<h1><span>Short video</span></h1>" in page
    assert "Questions to ask" in page
    assert page.count("button--primary") == 1
    assert "Go to your pair" in page
    assert "Edit" not in page


def test_texts_say_their_language_where_it_is_not_the_pages(client, participant):
    topic = in_catalog("Board games", description="What a table teaches.")

    german = html(client, topic.get_absolute_url(), accept_language="de")
    english = html(client, topic.get_absolute_url(), accept_language="en")

    assert '<p class="say" lang="en">What a table teaches.</p>' in german
    assert '<p class="say">What a table teaches.</p>' in english
    assert '<span lang="en">Board games</span>' in german


def test_a_topic_is_added_and_edited(client, manager):
    added = client.post(ADD, FORM)
    topic = Topic.objects.get()
    form = client.get(url("edit", topic)).context["form"]

    client.post(url("edit", topic), FORM | {"name": "Games", "questions": "Why?"})

    assert added["Location"] == topic.get_absolute_url()
    assert form.initial["also"] == ["Chess", "Go"]
    assert form.initial["questions"] == ["Which game?", "Who wins?"]
    topic.refresh_from_db()
    assert (topic.name, topic.questions, topic.reading) == ("Games", ["Why?"], "First.\n\nSecond.")
    assert set(TopicName.objects.values_list("key", flat=True)) == {
        *("games", "board games", "chess", "go"),
    }


def test_a_form_sent_as_it_was_shown_edits_nothing(client, manager):
    services.bring_in_catalog()
    topic = Topic.objects.get(name="Short video")
    form = client.get(url("edit", topic)).context["form"]
    shown = {field.name: str(field.value() or "").replace("\n", "\r\n") for field in form}

    client.post(url("edit", topic), shown)

    topic.refresh_from_db()
    assert not topic.is_edited


def test_every_shipped_topic_comes_through_the_form_unchanged():
    services.bring_in_catalog()

    for topic in Topic.objects.all():
        given = {
            field.name: str(field.value() or "").replace("\n", "\r\n")
            for field in TopicForm(topic=topic)
        }
        form = TopicForm(given, topic=topic)
        assert form.is_valid(), (topic, form.errors)
        values = values_of(form.cleaned_data["texts"])
        assert {name: getattr(topic, name) for name in values} == values


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": "Chess"}, "is a name of the topic “Board games” already."),
        ({"name": "\u200b"}, "Please give a name that can be seen."),
        ({"name": "x", "also": "y" * 201}, "A line has at most 200 characters."),
        (
            {"name": "x", "also": "", "questions": "\n".join("abcdefghijklmnopqrstuvw")},
            "At most 20",
        ),
        ({"name": "x", "also": "", "group": "other"}, "Select a valid choice."),
    ],
)
def test_what_cannot_be_a_topic_is_said(client, manager, change, words):
    client.post(ADD, FORM)

    response = client.post(ADD, FORM | change)

    assert words in response.content.decode()
    assert Topic.objects.count() == 1


def test_a_topic_is_archived_and_offered_again(client, manager):
    topic = in_catalog("Board games")

    client.post(url("archive", topic))
    page = html(client, topic.get_absolute_url())
    client.post(url("offer", topic))

    assert "This topic is not offered any more." in page
    assert Topic.objects.offered().get() == topic


def test_an_edited_topic_is_reset_after_a_question(client, manager):
    services.bring_in_catalog()
    topic = Topic.objects.get(name="Short video")
    client.post(url("edit", topic), FORM)

    asked = html(client, url("reset", topic))
    client.post(url("reset", topic), {"is_sure": "True"})

    assert "Reset Board games to what ships?" in asked
    topic.refresh_from_db()
    assert (topic.name, topic.is_edited) == ("Short video", False)


def test_a_name_is_filed_under_a_topic(client, manager):
    under, free = in_catalog("Board games"), make_topic("Go")
    enrollment = make_enrollment()
    services.set_topics(enrollment, wanted=["Go"], by=manager)
    page = html(client, LIST)

    response = client.post(url("file", free), {"under": str(under.public_id)})

    assert "1 topic that people named is not in the catalog yet." in page
    assert response["Location"] == f"{LIST}?group=unfiled"
    assert said(response) == ["“Go” is now another name of “Board games”."]
    assert enrollment.topics.get().topic == under


def test_a_refused_filing_is_said(client, manager):
    services.bring_in_catalog()
    free = make_topic("Go")

    response = client.post(url("file", free), {"under": str(free.public_id)})

    assert "Select a valid choice." in response.content.decode()
    assert Topic.objects.filter(pk=free.pk).exists()


def test_what_ships_offers_no_filing(client, manager):
    services.bring_in_catalog()
    topic = Topic.objects.get(name="Short video")

    response = client.get(url("file", topic))

    assert response["Location"] == topic.get_absolute_url()


def test_what_does_not_ship_offers_no_reset(client, manager):
    topic = in_catalog("Board games")

    response = client.post(url("reset", topic), {"is_sure": "True"})

    assert response["Location"] == topic.get_absolute_url()


@pytest.mark.parametrize("name", ["edit", "archive", "offer", "reset", "file"])
def test_only_managers_look_after_topics(client, name):
    topic = in_catalog("Board games")
    client.force_login(make_person())

    assert client.post(url(name, topic), FORM).status_code == 404
    assert client.post(ADD, FORM).status_code == 404
    assert client.post(reverse("programs:catalog_bring")).status_code == 404
    assert list(Topic.objects.values_list("name", "is_archived")) == [("Board games", False)]


def test_whoever_edits_a_participant_reads_where_a_name_was_filed(client, manager):
    in_catalog("Board games", also=["Chess"])
    enrollment = make_enrollment(make_cohort(manager))

    response = client.post(
        enrollment.get_absolute_url(), {"offered": "Chess: 3", "wanted": "", "capacity": ""}
    )

    assert said(response) == ["Saved.", "“Chess” is filed under “Board games”."]


def test_lists_of_a_cohort_lead_to_the_topics(client, manager):
    topic, cohort = in_catalog("Board games"), make_cohort(manager)
    services.set_topics(make_enrollment(cohort), wanted=["Board games"], by=manager)
    link = f'<a href="{topic.get_absolute_url()}">Board games</a>'

    assert link in html(client, cohort.get_absolute_url())
    assert link in html(client, reverse("programs:participant_list", args=[cohort.pk]))
