"""Typer command with plain help, and one line for each wrong usage of it."""

from collections.abc import Iterable
from typing import Any

import typer
from typer.core import TyperCommand

# What a value must be, by the kind of error that pydantic reports.
_WANTED = {
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing_size": "a smaller whole number",
    "float_parsing": "a number",
    "float_type": "a number",
    "finite_number": "a finite number",
    "bool_parsing": "true or false",
    "bool_type": "true or false",
    "greater_than_equal": "{ge} or more",
    "greater_than": "more than {gt}",
    "less_than_equal": "{le} or less",
    "less_than": "less than {lt}",
    "string_too_short": "a text that is not empty",
    "path_type": "a path",
}
_DOTS = "..."


class PlainCommand(TyperCommand):
    """Command whose help writes each argument in one form: NAME, [NAME] if it is optional, NAME... for several."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Return the words of the usage line after the command's name."""
        return ["[OPTIONS]", *(_usage_form(a) for a in self.get_params(ctx) if a.param_type_name == "argument")]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the arguments and the options with their help."""
        arguments, options = [], []
        for parameter in self.get_params(ctx):
            if parameter.param_type_name == "argument":
                arguments.append((_form(parameter), str(getattr(parameter, "help", None) or "")))
            elif record := parameter.get_help_record(ctx):
                options.append(record)
        for title, rows in (("Arguments", arguments), ("Options", options)):
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the words of a command; refuse more of them than it takes."""
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            ctx.fail(f"{' '.join(rest)}: not expected here; put a text of several words in quotation marks")
        return rest


def usage(error: typer.TyperException) -> str:
    """Return one line that says what is wrong with the words and names the help to read."""
    context = getattr(error, "ctx", None)
    return f"{_what_is_wrong(error)}; see {context.command_path if context else 'rapporteur'} --help"


def wanted(error: Any) -> str:
    """Return what a value must be, in our words, from an error of pydantic."""
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    form = _WANTED.get(error["type"], "another value")
    return f"give {form.format(**error.get('ctx', {}))}"


def _what_is_wrong(error: typer.TyperException) -> str:
    parameter, errors = getattr(error, "param", None), getattr(error.__cause__, "errors", None)
    if parameter is None or not isinstance(error, typer.BadParameter):
        return error.format_message().rstrip(".")
    name = parameter.opts[0] if parameter.param_type_name == "option" else _bare_form(parameter)
    if errors is None:
        return f"{name}: {error.message.rstrip('.')}" if error.message else f"{name} is missing"
    first = errors()[0]
    choices = parameter.type_descriptor.choices
    advice = f"give one of {_listed(choices)}" if choices else wanted(first)
    return f"{name}: {first['input']!s} does not fit; {advice}"


def _listed(choices: Iterable[Any]) -> str:
    return ", ".join(str(getattr(choice, "value", choice)) for choice in choices)


def _bare_form(argument: Any) -> str:
    return str(argument.metavar or argument.name.upper()).strip("[].")


def _form(argument: Any) -> str:
    return f"{_bare_form(argument)}{_DOTS * (argument.nargs != 1)}"


def _usage_form(argument: Any) -> str:
    form = _bare_form(argument) if argument.required else f"[{_bare_form(argument)}]"
    return f"{form}{_DOTS * (argument.nargs != 1)}"
