"""Chat models behind one protocol: transformers and an OpenAI-compatible address; the bundled one is `agent.nano`."""
