"""The screens of the desk: each hears its widgets, calls one service, and paints what came back."""
