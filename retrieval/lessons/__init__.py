"""Pictures with what they show, as facts: what the bundled image model is taught from."""
