"""What a run that is under way, done or just published asks of a program manager."""

from enum import IntEnum

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from upwell.pairs.models import MatchRun, Preview


class Stage(IntEnum):
    """How far a cohort has come; the first that is not done."""

    PEOPLE = 0
    PROGRAM = 1
    COHORT = 2
    PARTICIPANTS = 3
    MATCH = 4
    PUBLISH = 5
    UNDER_WAY = 6


def words_of_run(run: MatchRun) -> tuple[Stage, str, str, str]:
    """Stage, title, text and the label of the link."""
    if run.is_published:
        return words_of_stop(run)
    preview = preview_of(run)
    if preview and preview.state == Preview.State.OPEN and preview.run_id == run.pk:
        title = _("Both sides of %(run)s of %(cohort)s are being asked")
        return Stage.MATCH, title, words_until(preview), _("See the run")
    if run.state == MatchRun.State.WAITING:
        title = _("%(run)s of %(cohort)s is being computed")
        text = _("You can close this page; it goes on without you.")
        return Stage.MATCH, title, text, _("See the run")
    if run.state == MatchRun.State.FAILED:
        title = _("%(run)s of %(cohort)s did not come to an end")
        return Stage.MATCH, title, _("See what happened, and run again."), _("See the run")
    return words_of_pairs(run, preview)


def words_of_pairs(run: MatchRun, preview: Preview | None) -> tuple[Stage, str, str, str]:
    """Of a run that is done, and of nobody being asked about it any more."""
    if preview and preview.state == Preview.State.CLOSED:
        title = _("The preview of %(cohort)s is over: %(run)s waits for your word")
        text = _("It has %(pairs)s. Publish them, and everybody is told.")
        return Stage.PUBLISH, title, text, _("Review and publish")
    if preview and preview.state == Preview.State.TAKEN_BACK and preview.run_id == run.pk:
        title = _("Asking both sides of %(run)s of %(cohort)s was taken back")
        return Stage.PUBLISH, title, _("Start another run when you are ready."), _("See the run")
    title = _("%(run)s of %(cohort)s waits for your word")
    text = _("It found %(pairs)s. Nobody has been told yet.")
    return Stage.PUBLISH, title, text, _("Review and publish")


def words_of_stop(run: MatchRun) -> tuple[Stage, str, str, str]:
    """Of a published one that can still be stopped."""
    text = _("Until %(time)s nobody is told, and you can stop it.")
    told_from = timezone.localtime(run.told_from)
    moment = f"{date_format(told_from, 'TIME_FORMAT')} {told_from:%Z}"
    title = _("%(cohort)s is published")
    return Stage.UNDER_WAY, title, text % {"time": moment}, _("See the run")


def preview_of(run: MatchRun) -> Preview | None:
    """Its own, or that of the run it follows. They come with the run."""
    for one in (run, run.follows):
        if one is not None and hasattr(one, "preview"):
            return one.preview
    return None


def words_until(preview: Preview) -> str:
    """The same whatever anybody has said, and with no place for names."""
    if not preview.is_open:
        return _("The time to look is over. What comes of it is being worked out.")
    moment = timezone.localtime(preview.closes_at)
    until = f"{date_format(moment, 'DATETIME_FORMAT')} {moment:%Z}"
    text = _("Until %(until)s each may say “someone else, please”. Then you are told.")
    return text % {"until": until}
