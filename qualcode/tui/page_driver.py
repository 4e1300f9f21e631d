"""Textual's driver for a page of a browser, made to leave the desk as `Q` does whichever way the page goes.

`qualcode serve` names it to the desk in the environment, as Textual has it.
"""

from __future__ import annotations

import os

from textual.drivers.web_driver import WebDriver


class PageDriver(WebDriver):
    """Keys in and the screen out, through pipes to the web server."""

    def write(self, data: str) -> None:
        """To the server. One that was killed reads nothing: that is no fault of the desk."""
        try:
            super().write(data)
        except BrokenPipeError:
            self._leave_unread()

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        """What the server says. Textual's own way to quit asks the desk nothing, which would forget its place."""
        if packet_type == "quit":
            self._leave()
        else:
            super().on_meta(packet_type, payload)

    def run_input_thread(self) -> None:
        """Read until the desk is left. Input that ends before that means a server that was killed: leave too."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            self._leave_unread()

    def _leave_unread(self) -> None:
        """Nobody reads the screen: what is still painted goes nowhere."""
        os.dup2(os.open(os.devnull, os.O_WRONLY), self.fileno)
        self._leave()

    def _leave(self) -> None:
        self._app.call_later(self._app.action_quit)
