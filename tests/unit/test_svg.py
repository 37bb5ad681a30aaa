"""A drawing can do nothing but be seen: what could run or load is refused, however it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from press.validate.svg import find_active_svg

NAMESPACES = (
    'xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" xmlns:h="http://www.w3.org/1999/xhtml"'
)
SHAPE = '<path d="M0 0h9"/>'
ACTIVE = {
    "an attribute by default": (
        f'<!DOCTYPE svg [<!ATTLIST svg onload CDATA "alert(1)">]><svg {NAMESPACES}>{SHAPE}</svg>'
    ),
    "a link by default": f'<!DOCTYPE svg [<!ATTLIST a href CDATA "javascript:1">]><svg {NAMESPACES}><a/></svg>',
    "frames of HTML": f'<svg {NAMESPACES}><h:frameset><h:frame src="javascript:1"/></h:frameset></svg>',
    "a form of HTML": f'<svg {NAMESPACES}><h:form action="javascript:1"><h:button/></h:form></svg>',
    "a refresh": f'<svg {NAMESPACES}><h:meta http-equiv="refresh" content="0;url=https://l.org/"/></svg>',
    "a picture of HTML": f'<svg {NAMESPACES}><h:img src="https://l.org/x"/></svg>',
    "a source": f'<svg {NAMESPACES}><image src="https://l.org/x"/></svg>',
    "an escaped import": f'<svg {NAMESPACES}><style>@\\69mport "https://l.org/a.css";</style></svg>',
    "an escaped address": f'<svg {NAMESPACES}><path style="fill:u\\72l(https://l.org/a)"/></svg>',
    "a set of images": f'<svg {NAMESPACES}><style>svg {{ fill: image-set("https://l.org/a" 1x) }}</style></svg>',
    "a set of images in a style": f"<svg {NAMESPACES}><path style='fill:image-set(\"https://l.org/a\" 1x)'/></svg>",
    "a script": f"<svg {NAMESPACES}><script>1</script></svg>",
    "a handler": f'<svg {NAMESPACES} onload="1">{SHAPE}</svg>',
    "a link that runs": f'<svg {NAMESPACES}><a x:href="javascript:1">{SHAPE}</a></svg>',
}
STILL = {
    "a shape": f"<svg {NAMESPACES}>{SHAPE}</svg>",
    "a document type": (
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
        f"<svg {NAMESPACES}>{SHAPE}</svg>"
    ),
    "styles for both schemes": (
        f"<svg {NAMESPACES}><style>a {{ fill: #111 }} @media (prefers-color-scheme: dark) {{ a {{ fill: #eee }} }}"
        f"</style>{SHAPE}</svg>"
    ),
    "a gradient": f'<svg {NAMESPACES}><path fill="url(#g)" style="fill: url(#g)"/></svg>',
    "an embedded image": f'<svg {NAMESPACES}><image x:href="data:image/png;base64,AAAA"/></svg>',
    "a link to a page": f'<svg {NAMESPACES}><a x:href="https://l.org/">{SHAPE}</a></svg>',
}


def found(tmp_path: Path, text: str, encoding: str) -> list[str]:
    file = tmp_path / "a.svg"
    file.write_bytes(text.encode(encoding))
    return [problem.rule for problem in find_active_svg(file, "a.svg")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("text", ACTIVE.values(), ids=ACTIVE)
def test_a_drawing_that_could_run_or_load_is_refused(tmp_path: Path, text: str, encoding: str) -> None:
    assert found(tmp_path, text, encoding) == ["svg"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("text", STILL.values(), ids=STILL)
def test_a_drawing_that_is_only_seen_is_published(tmp_path: Path, text: str, encoding: str) -> None:
    assert found(tmp_path, text, encoding) == []
