"""The microphone, with fakes for the sound card and for PortAudio."""
