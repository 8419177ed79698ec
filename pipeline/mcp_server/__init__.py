"""A graph that was built, for language models: tools over the Model Context Protocol."""
