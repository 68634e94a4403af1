"""English replies written by a grammar of our own: the training data of the bundled writer."""
