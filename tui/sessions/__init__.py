"""Sessions: conversations that are recorded, so that they can be gone on with, shown again and taken elsewhere."""
