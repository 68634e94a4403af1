"""How a picture or a sound gets into a message: by path, by drop, by mention, from the clipboard."""
