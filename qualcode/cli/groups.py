"""Groups that list when they are asked for nothing else: `codings --code x` is `codings list --code x`."""

from __future__ import annotations

import click

from qualcode.cli.localised import Group


class ListingGroup(Group):
    """A group with a command `list`, which runs where no command is named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click's own, with `list` put in before options that are not this group's."""
        wants_help = bool(args) and args[0] in self.get_help_option_names(ctx)
        if not args or (args[0].startswith("-") and not wants_help):
            args = ["list", *args]
        return super().parse_args(ctx, args)
