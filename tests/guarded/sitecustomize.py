"""Python runs this first in every sub-process that has this folder on its path: the guard holds there too."""

from __future__ import annotations

from no_network import refuse_network

refuse_network()
