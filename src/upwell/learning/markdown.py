"""From Markdown to what pages show."""

from markdown_it import MarkdownIt

# Texts may come from whoever runs a program: no HTML of theirs, nothing loaded from elsewhere.
PARSER = MarkdownIt("commonmark", {"html": False}).disable("image")


def as_html(text: str) -> str:
    """HTML that is safe to show: tags in the text appear as they were typed."""
    html: str = PARSER.render(text)
    return html


def has_first_heading(text: str) -> bool:
    """Whether a heading in it would stand beside the title of the page."""
    return any(token.type == "heading_open" and token.tag == "h1" for token in PARSER.parse(text))
