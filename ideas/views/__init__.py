"""Views of the room, one module for each part of an idea's way."""
