"""The forms of a page as somebody would send them who fills in what is empty."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

FILLED = {
    "email": "fresh@example.com",
    "date": "2027-01-01",
    "number": "3",
    "password": "a long enough password",
    "checkbox": "on",
    "radio": "on",
    "hidden": "",
}
"""What is written into an empty field, by its type."""


@dataclass
class Form:
    """``fields`` are what is sent; a name may come more than once."""

    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    has_button: bool = False

    @property
    def names(self):
        return {name for name, _value in self.fields} | {*self.files}


class Reader(HTMLParser):
    """Collects forms; of several buttons the first is pressed, as by the Enter key."""

    def __init__(self, page):
        super().__init__()
        self.page, self.forms, self.form = page, [], None
        self.select, self.options, self.area = None, [], None
        self.lists, self.list, self.wanted = {}, None, []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "datalist":
            self.list = self.lists.setdefault(given.get("id"), [])
        elif tag == "option" and self.list is not None:
            self.list.append(given.get("value", ""))
        elif tag == "form":
            action = (given.get("action") or "").partition("#")[0]
            self.form = Form(action or self.page, given.get("method", "get").lower())
            self.forms.append(self.form)
        elif self.form is not None:
            self.take(tag, given)

    def take(self, tag, given):
        name = given.get("name")
        if tag == "input" and name:
            self.take_input(name, given)
        elif tag == "button" and given.get("type", "submit") == "submit":
            if name and not self.form.has_button:
                self.form.fields.append((name, given.get("value", "")))
            self.form.has_button = True
        elif tag == "select" and name:
            self.select, self.options = (name, "multiple" in given), []
        elif tag == "option" and self.select:
            self.options.append((given.get("value", ""), "selected" in given))
        elif tag == "textarea" and name:
            self.area = [name, ""]

    def take_input(self, name, given):
        kind = given.get("type", "text")
        if kind == "file":
            self.form.files.append(name)
        elif kind != "radio" or "checked" in given or name not in self.form.names:
            value = given.get("value") or FILLED.get(kind, "Fresh")
            if "list" in given:
                self.wanted.append((self.form, name, given["list"]))
            others = [one for one in self.form.fields if kind != "radio" or one[0] != name]
            self.form.fields = [*others, (name, value)]

    def handle_data(self, data):
        if self.area:
            self.area[1] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag == "datalist":
            self.list = None
        elif tag == "select" and self.select:
            name, is_multiple = self.select
            chosen = [value for value, is_selected in self.options if is_selected]
            if not any(chosen) and self.options and not is_multiple:
                chosen = [next((value for value, _on in self.options if value), "")]
            self.form.fields += [(name, value) for value in chosen]
            self.select = None
        elif tag == "textarea" and self.area:
            self.form.fields.append((self.area[0], self.area[1].strip() or "Fresh"))
            self.area = None


def forms_of(html, page):
    reader = Reader(page)
    reader.feed(html)
    for form, name, offered in reader.wanted:
        if reader.lists.get(offered):
            form.fields = [(one, value) for one, value in form.fields if one != name]
            form.fields.append((name, reader.lists[offered][0]))
    return reader.forms
