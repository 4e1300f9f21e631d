"""The widgets of the desk. Each gets view data, paints it and posts messages; none calls a service."""
