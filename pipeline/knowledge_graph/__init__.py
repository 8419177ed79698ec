"""The graph in Jupyter: `from pipeline import load; g = load("outputs")`."""

from pipeline.knowledge_graph.whole import KnowledgeGraph, load

__all__ = ["KnowledgeGraph", "load"]
