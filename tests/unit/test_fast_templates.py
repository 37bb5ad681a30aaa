"""Templates that are compiled for one language show what Jinja would show."""

from __future__ import annotations

from gettext import NullTranslations
from typing import Any

import pytest
from jinja2 import Environment, StrictUndefined

from press.site.fast_templates import hasten


class French(NullTranslations):
    def gettext(self, message: str) -> str:
        return {"Search": "Rechercher <ici>", "100 %%": "cent %%", "%(n)s pages": "%(n)s feuilles"}.get(
            message, message
        )


def render(template: str, fast: bool, **variables: Any) -> str:
    env = Environment(extensions=["jinja2.ext.i18n"], autoescape=True, undefined=StrictUndefined)
    env.install_gettext_translations(French(), newstyle=True)  # type: ignore[attr-defined]
    if fast:
        hasten(env, French())
    return env.from_string(template).render(**variables)


@pytest.mark.parametrize(
    "template",
    [
        '{{ _("Search") }}|{{ gettext("Search") }}|{{ _("100 %%") }}',
        '{{ _("%(n)s pages", n=number) }}|{{ _(word) }}|{{ _("Sea" ~ "rch") }}',
        "{% trans n=number %}{{ n }} pages{% endtrans %}|{% trans %}Search{% endtrans %}",
        '{{ {"a": _("Search")}["a"] ~ "<b>" }}|<i title="{{ _("Search") }}">',
        '{{ ngettext("one", "%(num)s of them", number) }}',
        '{% macro m(a, b="<>") %}{{ a }}{{ b }}{% endmacro %}{{ m("<x>") }}{{ m("y", b=_("Search")) }}',
        '{% macro m(a) %}{{ a }}{{ caller() }}{% endmacro %}{% call m("<") %}{{ _("Search") }}{% endcall %}',
        "{% macro m() %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, two=word) }}",
        '{% for each in [1, 2] %}{% macro m() %}{{ _("Search") }}{% endmacro %}{{ m() }}{{ loop.index }}{% endfor %}',
        '{% autoescape false %}{{ _("Search") }}{{ word }}{% endautoescape %}',
    ],
)
def test_a_template_shows_the_same(template: str) -> None:
    given = {"number": 3, "word": "Search"}
    assert render(template, True, **given) == render(template, False, **given)


@pytest.mark.parametrize("template", ['{{ _("%(n)s pages") }}', '{{ _("a", "b") }}', "{{ _() }}"])
def test_a_wrong_call_fails_as_it_would(template: str) -> None:
    raised = []
    for fast in (True, False):
        with pytest.raises((KeyError, TypeError)) as wrong:
            render(template, fast)
        raised.append(wrong.type)
    assert raised[0] is raised[1]
