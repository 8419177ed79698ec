"""What a process that writes files alone need not load."""

from __future__ import annotations

import subprocess
import sys

DRAWN = """
import sys
from pipeline.build.loading import load_pyvis

load_pyvis()
left_out = not {"IPython", "IPython.display", "networkx"} & sys.modules.keys()
from pyvis.network import Network

network = Network(cdn_resources="in_line")
network.add_node("one", label="One")
import networkx

print(left_out, "One" in network.generate_html(), len(networkx.path_graph(3)))
"""


def test_pyvis_draws_without_what_shows_graphs_in_notebooks_which_loads_as_ever_then() -> None:
    command = [sys.executable, "-c", DRAWN]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ended.stdout.split() == ["True", "True", "3"]
