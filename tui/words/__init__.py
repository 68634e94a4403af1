"""What a request, a card and its evidence say in words, the same for every face."""
