"""Text, image, audio and speech models behind small protocols, with what every folder needs: errors, clean text, files."""
