"""Tables to places and looks on the page."""
