"""Text, image, audio and speech models behind small protocols, and the bundled models."""
