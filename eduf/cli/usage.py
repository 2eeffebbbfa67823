"""Click in two languages: help, usage and errors come from words/ by the command's name."""

from typing import Any

import click

from eduf.words import LANGUAGES, sentence, word


class ExtraArguments(click.UsageError):
    """More arguments than the command takes."""


class OneOnly(click.UsageError):
    """Options that exclude each other."""


class Together(click.UsageError):
    """An option without the other that it needs, which is named."""


class Command(click.Command):
    """A command whose help stands in words/ under `cli.<name>`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does, but what is too much is our own error."""
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if rest and not isinstance(self, click.Group):
            raise ExtraArguments(" ".join(rest), ctx)
        return rest

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The usage line."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=word("cli.usage") + " ")

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """The arguments by name; options are listed below the usage line."""
        arguments = [
            f"{param.human_readable_name}" for param in self.get_params(ctx) if isinstance(param, click.Argument)
        ]
        return [*arguments, word("cli.options_piece")]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the command is for."""
        formatter.write_paragraph()
        formatter.write(f"  {word(f'cli.{self.name}.help')}\n")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, each with its sentence."""
        options = [each for each in self.get_params(ctx) if isinstance(each, click.Option)]
        records = [(_names(each), word(f"cli.options.{_key(each)}")) for each in options]
        with formatter.section(word("cli.options_title")):
            formatter.write_dl(records)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Examples that can be typed as they stand."""
        with formatter.section(word("cli.examples_title")):
            for line in word(f"cli.{self.name}.examples").splitlines():
                formatter.write(f"  {line}\n")

    def get_short_help_str(self, limit: int = 45) -> str:
        """The command's line in the list of commands."""
        return word(f"cli.{self.name}.help")


class Group(Command, click.Group):
    """The commands of eduf."""

    command_class = Command

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """A command and what it takes."""
        return [word("cli.command_piece")]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options and the commands."""
        Command.format_options(self, ctx, formatter)
        with formatter.section(word("cli.commands_title")):
            formatter.write_dl([(name, self.commands[name].get_short_help_str()) for name in self.list_commands(ctx)])

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of the work, not of the alphabet."""
        return list(self.commands)


def _names(option: click.Option) -> str:
    names = ", ".join(option.opts)
    if option.is_flag or option.count:
        return names
    if isinstance(option.type, click.Choice):
        return f"{names} {'|'.join(map(str, option.type.choices))}"
    return f"{names} {option.metavar or option.human_readable_name.upper()}"


def _key(option: click.Option) -> str:
    return "help" if "--help" in option.opts else option.name or ""


def _expected(kind: Any) -> str:
    match kind:
        case click.Choice(choices=choices):
            return ", ".join(map(str, choices))
        case click.IntRange(min=low, max=high):
            return f"{low}–{high}" if high is not None else f"{low}, {(low or 0) + 1}, …"
    return word("cli.whole_number")


def language_option(command: Any) -> Any:
    """--lang, on every command; `eduf.cli.run` has read it already."""
    return click.option("--lang", type=click.Choice(LANGUAGES), expose_value=False)(command)


def said(error: click.ClickException) -> str:
    """A usage error in eduf's words."""
    match error:
        case ExtraArguments():
            return sentence("cli.errors.extra", found=error.message)
        case Together():
            return sentence("cli.errors.missing", found=error.message)
        case OneOnly():
            return sentence("cli.errors.both", found=error.message)
        case click.NoSuchOption():
            return sentence("cli.errors.no_option", found=error.option_name)
        case click.exceptions.NoSuchCommand():
            return sentence("cli.errors.no_command", found=error.command_name)
        case click.MissingParameter(param=click.Parameter() as param):
            return sentence("cli.errors.missing", found=_typed_as(param))
        case click.BadOptionUsage():
            return sentence("cli.errors.option_value", found=error.option_name)
        case click.BadParameter(param=click.Parameter() as param):
            return sentence("cli.errors.value", found=_typed_as(param), expected=_expected(param.type))
    return sentence("cli.errors.other", found=error.format_message())


def _typed_as(param: click.Parameter) -> str:
    return param.opts[0] if isinstance(param, click.Option) else param.human_readable_name
