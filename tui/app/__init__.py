"""The full-screen application: the only folder that imports Textual."""
