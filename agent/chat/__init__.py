"""Chat models behind one protocol: transformers, an OpenAI-compatible address, and the bundled small model."""
