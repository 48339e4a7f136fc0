import pytest

from upwell.learning.markdown import as_html


def test_html_in_a_text_is_shown_as_it_was_typed():
    shown = as_html("Say <b onclick='x()'>it</b>.\n\n<script>\nx()\n</script>\n")

    assert shown == (
        "<p>Say &lt;b onclick='x()'&gt;it&lt;/b&gt;.</p>\n"
        "<p>&lt;script&gt;\nx()\n&lt;/script&gt;</p>\n"
    )


@pytest.mark.parametrize("address", ["javascript:x()", "JavaScript:x()", "data:text/html,x"])
def test_a_link_that_would_run_is_no_link(address):
    assert "href" not in as_html(f"[Open]({address})")


def test_nothing_is_loaded_from_elsewhere():
    assert "<img" not in as_html("![A chart](https://elsewhere.example/chart.png)")


def test_what_texts_are_made_of():
    shown = as_html("## Before\n\n- **5, check-in.** One thing\n\n> “You lead.”\n")

    assert shown == (
        "<h2>Before</h2>\n"
        "<ul>\n<li><strong>5, check-in.</strong> One thing</li>\n</ul>\n"
        "<blockquote>\n<p>“You lead.”</p>\n</blockquote>\n"
    )
