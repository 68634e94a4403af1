"""The bundled chat model: a tagger that reads and a small decoder that writes."""
