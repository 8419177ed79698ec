"""Tables, measures, layout and files of graphs: speed and memory beside peers."""
