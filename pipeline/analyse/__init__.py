"""Tables to tables: what can be measured on a graph."""
