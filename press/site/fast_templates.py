"""Templates that do at once what is the same on every page: most of the time of a page went into calls.

A theme needs to know nothing of this: its templates mean what they mean to Jinja.
"""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator
from jinja2.runtime import Context, Macro
from jinja2.visitor import NodeTransformer

_TRANSLATES = frozenset({"_", "gettext"})


def hasten(env: Environment, translations: Any) -> None:
    """Let an environment, whose messages come from these translations, compile and run templates faster."""
    messages = _Translator(translations)

    class Generator(CodeGenerator):
        def visit_Template(self, node: nodes.Template, frame: Any = None) -> None:  # noqa: N802 - Jinja's name
            super().visit_Template(messages.visit(node), frame)

    env.code_generator_class = Generator
    env.context_class = QuickContext


class _Translator(NodeTransformer):
    """Writes messages without variables into the compiled template: a site has one language.

    Only where they are shown as they are: within an expression Jinja would forget that they need no escaping.
    """

    def __init__(self, translations: Any) -> None:
        self._translations = translations

    def visit_Output(self, node: nodes.Output) -> nodes.Node:  # noqa: N802 - Jinja's name
        self.generic_visit(node)
        node.nodes = [self._translate(each) for each in node.nodes]
        return node

    def _translate(self, node: nodes.Expr) -> nodes.Expr:
        if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name):
            return node
        given = [*node.kwargs, *filter(None, (node.dyn_args, node.dyn_kwargs))]
        if (
            node.node.name not in _TRANSLATES
            or given
            or len(node.args) != 1
            or not isinstance(node.args[0], nodes.Const)
        ):
            return node
        try:
            words = self._translations.gettext(node.args[0].value) % {}  # as Jinja does: a percent sign is doubled
        except (KeyError, TypeError, ValueError):
            return node  # the page that shows it reports it
        return nodes.MarkSafeIfAutoescape(nodes.Const(words, lineno=node.lineno), lineno=node.lineno)


class QuickContext(Context):
    """Calls macros directly: Jinja would ask at each call which of a dozen things the macro wants to be given."""

    def call(self, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call what a template calls."""
        if type(obj) is not Macro:
            return super().call(obj, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return obj(self.eval_ctx, *args, **kwargs)
